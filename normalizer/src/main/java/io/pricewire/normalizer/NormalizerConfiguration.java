package io.pricewire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.normalizer.identity.Aliases;
import io.pricewire.normalizer.identity.IdentitySettings;
import io.pricewire.normalizer.identity.StoredIdentity;
import io.pricewire.normalizer.pipeline.Commands;
import io.pricewire.normalizer.pipeline.Meters;
import io.pricewire.normalizer.pipeline.Normalization;
import io.pricewire.normalizer.quality.Quality;
import io.pricewire.normalizer.quality.QualitySettings;
import io.pricewire.normalizer.reference.ReferencePrices;
import io.pricewire.normalizer.reference.ReferenceSettings;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.Quarantine;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import io.pricewire.service.LagHealthIndicator;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** How the parts of the normalizer are put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    HealthSettings.class,
    NormalizerSettings.class,
    IdentitySettings.class,
    ValidationSettings.class,
    CandleSettings.class,
    QualitySettings.class,
    ReferenceSettings.class
})
@Import({
    DatabaseConfiguration.class,
    EventStreamConfiguration.class,
    MigrationConfiguration.class,
    StorageConfiguration.class
})
class NormalizerConfiguration {

    @Bean
    Normalizer normalizer(
            NormalizerSettings settings,
            ReferenceSettings reference,
            EventStream stream,
            Normalization normalization,
            ReferencePrices referencePrices,
            Migrations migrations,
            MeterRegistry registry,
            Clock clock) {
        return new Normalizer(settings, reference, stream, normalization, referencePrices, migrations, registry, clock);
    }

    @Bean
    StreamLifecycle normalizerLifecycle(Normalizer normalizer) {
        return new StreamLifecycle(normalizer.run(), normalizer::stop);
    }

    @Bean
    LagHealthIndicator lagHealthIndicator(Normalizer normalizer, HealthSettings settings) {
        return new LagHealthIndicator(normalizer::lag, settings.maxLag());
    }

    @Bean
    Normalization normalization(
            NormalizerSettings settings,
            ValidationSettings validation,
            CandleSettings candles,
            Aliases aliases,
            Moves moves,
            DatabaseClient client,
            MeterRegistry registry,
            Traces traces,
            Clock clock) {
        return new Normalization(
                new Rules(validation, clock),
                new Commands(aliases, new Quarantine(client), clock),
                new StoredIdentity(aliases),
                new PriceStore(client, settings.rawPayloads(), candles),
                moves,
                new Meters(registry),
                traces,
                clock);
    }

    @Bean
    ReferencePrices referencePrices(
            ReferenceSettings settings,
            CandleSettings candles,
            DatabaseClient client,
            MeterRegistry registry,
            Clock clock) {
        return new ReferencePrices(settings, candles, client, registry, clock);
    }

    /** An instance that is cut off in the middle of a transaction does not hold the others up for hours. */
    @Bean
    DatabaseConfiguration.SessionOptions boundedSessions() {
        return new DatabaseConfiguration.SessionOptions(Map.of(
                "idle_in_transaction_session_timeout", "30s", "lock_timeout", "50s", "tcp_keepalives_idle", "30"));
    }

    @Bean
    Aliases aliases(
            DatabaseClient client,
            TransactionalOperator transaction,
            IdentitySettings settings,
            MeterRegistry registry,
            Clock clock) {
        return new Aliases(client, transaction, settings, registry, clock);
    }

    @Bean
    Moves moves(DatabaseClient client, TransactionalOperator transaction) {
        return new Moves(client, transaction);
    }

    @Bean
    Quality quality(
            QualitySettings settings,
            DatabaseClient client,
            TransactionalOperator transaction,
            MeterRegistry registry,
            Clock clock) {
        return new Quality(settings, client, transaction, registry, clock);
    }

    @Bean
    StreamLifecycle qualityLifecycle(Quality quality, Migrations migrations) {
        return new StreamLifecycle(quality.run(migrations.done()), quality::stop);
    }
}
