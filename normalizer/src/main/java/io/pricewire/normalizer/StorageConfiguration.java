package io.pricewire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.normalizer.check.CheckMeters;
import io.pricewire.normalizer.check.CheckSettings;
import io.pricewire.normalizer.check.Checks;
import io.pricewire.normalizer.store.Retention;
import io.pricewire.normalizer.store.RetentionSettings;
import io.pricewire.normalizer.store.StorageMeters;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.scheduler.Schedulers;

/** What is done for the tables besides writing them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CheckSettings.class, RetentionSettings.class})
class StorageConfiguration {

    /** By then the tables are migrated, and what a start has to do is done. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(30);

    private static final Duration MEASURED_EVERY = Duration.ofMinutes(1);

    private static final Duration CHECKED_FIRST = Duration.ofMinutes(5);

    @Bean
    StreamLifecycle upkeepLifecycle(
            RetentionSettings settings,
            CheckSettings checkSettings,
            Retention retention,
            StorageMeters meters,
            CheckMeters checks) {
        Upkeep upkeep = new Upkeep(Schedulers.parallel())
                .every(AFTER_THE_START, MEASURED_EVERY, "measure", meters::round)
                .every(AFTER_THE_START, settings.interval(), "retention", retention::round)
                .every(CHECKED_FIRST, checkSettings.interval(), "check", checks::round);
        return new StreamLifecycle(upkeep.run(), upkeep::stop);
    }

    @Bean
    Retention retention(
            RetentionSettings settings,
            DatabaseClient client,
            TransactionalOperator transaction,
            MeterRegistry registry,
            Clock clock) {
        return new Retention(settings, client, transaction, registry, clock);
    }

    @Bean
    StorageMeters storageMeters(DatabaseClient client, MeterRegistry registry, Clock clock) {
        return new StorageMeters(client, registry, clock);
    }

    @Bean
    CheckMeters checkMeters(
            CheckSettings settings, DatabaseClient client, TransactionalOperator transaction, MeterRegistry registry) {
        return new CheckMeters(new Checks(client, transaction, settings.limit()), registry);
    }
}
