package io.pricewire.normalizer;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.normalizer.identity.Identity;
import io.pricewire.normalizer.identity.OwnAssets;
import io.pricewire.normalizer.pipeline.Normalization;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

/** How the parts of the normalizer are put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NormalizerSettings.class, ValidationSettings.class})
@Import({DatabaseConfiguration.class, EventStreamConfiguration.class, MigrationConfiguration.class})
class NormalizerConfiguration {

    @Bean
    StreamLifecycle normalizerLifecycle(
            NormalizerSettings settings, EventStream stream, Normalization normalization, Migrations migrations) {
        Normalizer normalizer = new Normalizer(settings, stream, normalization, migrations);
        return new StreamLifecycle(normalizer.run(), normalizer::stop);
    }

    @Bean
    Normalization normalization(ValidationSettings validation, Identity identity, DatabaseClient client, Clock clock) {
        return new Normalization(new Rules(validation, clock), identity, new PriceStore(client), clock);
    }

    @Bean
    Identity identity(Clock clock) {
        return new OwnAssets(clock);
    }
}
