package io.pricewire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.normalizer.check.CheckMeters;
import io.pricewire.normalizer.check.CheckSettings;
import io.pricewire.normalizer.check.Checks;
import io.pricewire.normalizer.identity.AliasCounts;
import io.pricewire.normalizer.reference.ReferenceCounts;
import io.pricewire.normalizer.store.PartitionsAhead;
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

    /** After the tables are there; by then what else a start has to do is done. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(30);

    private static final Duration MEASURED_FIRST = Duration.ofSeconds(10);

    private static final Duration MEASURED_EVERY = Duration.ofMinutes(1);

    private static final Duration MEASURED_WITHIN = Duration.ofMinutes(2);

    /** What it writes to the archive may be large and the disk slow; whatever is cut off is done again. */
    private static final Duration RETENTION_WITHIN = Duration.ofHours(12);

    private static final Duration CHECKED_FIRST = Duration.ofMinutes(5);

    @Bean
    StreamLifecycle upkeepLifecycle(
            RetentionSettings settings,
            CheckSettings checkSettings,
            Retention retention,
            PartitionsAhead partitions,
            StorageMeters meters,
            ReferenceCounts references,
            AliasCounts aliases,
            CheckMeters checks,
            Migrations migrations) {
        Upkeep upkeep = new Upkeep(Schedulers.parallel())
                .every(Duration.ZERO, MEASURED_EVERY, MEASURED_WITHIN, "partitions", partitions::round)
                .every(MEASURED_FIRST, MEASURED_EVERY, MEASURED_WITHIN, "measure", meters::round)
                .every(MEASURED_FIRST, MEASURED_EVERY, MEASURED_WITHIN, "count references", references::round)
                .every(MEASURED_FIRST, MEASURED_EVERY, MEASURED_WITHIN, "count aliases", aliases::round)
                .every(AFTER_THE_START, settings.interval(), RETENTION_WITHIN, "retention", retention::round)
                .every(CHECKED_FIRST, checkSettings.interval(), checks.limit(), "check", checks::round);
        return new StreamLifecycle(upkeep.run(migrations.done()), upkeep::stop);
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
    PartitionsAhead partitionsAhead(DatabaseClient client, Clock clock) {
        return new PartitionsAhead(client, clock);
    }

    @Bean
    StorageMeters storageMeters(DatabaseClient client, MeterRegistry registry, Clock clock) {
        return new StorageMeters(client, registry, clock);
    }

    @Bean
    ReferenceCounts referenceCounts(DatabaseClient client, MeterRegistry registry) {
        return new ReferenceCounts(client, registry);
    }

    @Bean
    AliasCounts aliasCounts(DatabaseClient client, MeterRegistry registry) {
        return new AliasCounts(client, registry);
    }

    @Bean
    CheckMeters checkMeters(
            CheckSettings settings, DatabaseClient client, TransactionalOperator transaction, MeterRegistry registry) {
        return new CheckMeters(new Checks(client, transaction, settings.limit()), registry);
    }
}
