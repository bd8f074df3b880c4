package io.pricewire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.normalizer.identity.Aliases;
import io.pricewire.normalizer.identity.IdentitySettings;
import io.pricewire.normalizer.identity.StoredIdentity;
import io.pricewire.normalizer.pipeline.Commands;
import io.pricewire.normalizer.pipeline.Meters;
import io.pricewire.normalizer.pipeline.Normalization;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.Quarantine;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** How the parts of the normalizer are put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NormalizerSettings.class, IdentitySettings.class, ValidationSettings.class})
@Import({DatabaseConfiguration.class, EventStreamConfiguration.class, MigrationConfiguration.class})
class NormalizerConfiguration {

    @Bean
    StreamLifecycle normalizerLifecycle(
            NormalizerSettings settings, EventStream stream, Normalization normalization, Migrations migrations) {
        Normalizer normalizer = new Normalizer(settings, stream, normalization, migrations);
        return new StreamLifecycle(normalizer.run(), normalizer::stop);
    }

    @Bean
    Normalization normalization(
            ValidationSettings validation,
            Aliases aliases,
            Moves moves,
            DatabaseClient client,
            MeterRegistry registry,
            Clock clock) {
        return new Normalization(
                new Rules(validation, clock),
                new Commands(aliases, new Quarantine(client)),
                new StoredIdentity(aliases),
                new PriceStore(client),
                moves,
                new Meters(registry),
                clock);
    }

    @Bean
    Aliases aliases(DatabaseClient client, TransactionalOperator transaction, IdentitySettings settings, Clock clock) {
        return new Aliases(client, transaction, settings, clock);
    }

    @Bean
    Moves moves(DatabaseClient client, TransactionalOperator transaction) {
        return new Moves(client, transaction);
    }
}
