package io.pricewire.normalizer.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Lets what is older than it is to be kept leave the tables. What cannot leave now, because the database or the disk does
 * not allow it, stays where it is until the next round; no round fails.
 */
public final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int REJECTIONS_AT_A_TIME = 5_000;
    private static final String QUARANTINE = "rejected_observation";

    private final RetentionSettings settings;
    private final ExpiredPartitions partitions;
    private final ExpiredRejections rejections;
    private final MeterRegistry registry;
    private final Counter archived;
    private final Counter failures;
    private final Clock clock;

    public Retention(
            RetentionSettings settings,
            DatabaseClient client,
            TransactionalOperator transaction,
            MeterRegistry registry,
            Clock clock) {
        this.settings = settings;
        this.partitions = new ExpiredPartitions(client, transaction);
        this.rejections = new ExpiredRejections(client, REJECTIONS_AT_A_TIME);
        this.registry = registry;
        this.archived = Counter.builder("pricewire.storage.archived")
                .description("Size of the files that expired rows were written to")
                .baseUnit("bytes")
                .register(registry);
        this.failures = Counter.builder("pricewire.storage.retention.failures")
                .description("What was to leave the tables and could not; it is tried again")
                .register(registry);
        this.clock = clock;
        for (DataSet set : DataSet.values()) {
            expiredPartitions(set.table());
            expiredRows(set.table());
        }
        expiredRows(QUARANTINE);
    }

    /** Lets leave what has expired by now, and what a round before this one has left behind. */
    public Mono<Void> round() {
        return Mono.defer(() -> round(clock.instant()));
    }

    private Mono<Void> round(Instant now) {
        return detach(DataSet.HISTORY, settings.historyExpiresBefore(now))
                .then(detach(DataSet.RAW, settings.rawExpiresBefore(now)))
                .then(removeDetached())
                .then(delete(settings.rejectedExpiresBefore(now)));
    }

    private Mono<Void> detach(DataSet set, @Nullable Instant before) {
        return before == null
                ? Mono.empty()
                : partitions
                        .detach(set, before)
                        .doOnNext(partition ->
                                log.info("a partition has expired table={} partition={}", set.table(), partition))
                        .then()
                        .onErrorResume(failure -> failed("detached", set.table(), failure));
    }

    private Mono<Void> removeDetached() {
        return partitions
                .detached()
                .concatMap(this::remove)
                .then()
                .onErrorResume(failure -> failed("found", "expired partitions", failure));
    }

    private Mono<Void> remove(String partition) {
        return partitions
                .remove(partition, settings.archive())
                .doOnNext(left -> gone(partition, left))
                .then()
                .onErrorResume(failure -> failed("removed", partition, failure));
    }

    private void gone(String partition, ExpiredPartitions.Left left) {
        expiredPartitions(left.set().table()).increment();
        expiredRows(left.set().table()).increment((double) left.rows());
        archived.increment((double) left.archivedBytes());
        log.info(
                "an expired partition is gone partition={} rows={} archived_bytes={}",
                partition,
                left.rows(),
                left.archivedBytes());
    }

    private Mono<Void> delete(@Nullable Instant before) {
        return before == null
                ? Mono.empty()
                : rejections
                        .delete(before)
                        .filter(deleted -> deleted > 0)
                        .doOnNext(deleted -> {
                            expiredRows(QUARANTINE).increment(deleted);
                            log.info("rejected records have expired rows={}", deleted);
                        })
                        .then()
                        .onErrorResume(failure -> failed("deleted", QUARANTINE, failure));
    }

    private Mono<Void> failed(String done, String what, Throwable failure) {
        failures.increment();
        log.warn("what has expired cannot be {} now what={} reason={}", done, what, SqlStates.describe(failure));
        log.debug("the failure", failure);
        return Mono.empty();
    }

    private Counter expiredPartitions(String table) {
        return Counter.builder("pricewire.storage.expired.partitions")
                .description("Partitions that have left because of their age")
                .tag("table", table)
                .register(registry);
    }

    private Counter expiredRows(String table) {
        return Counter.builder("pricewire.storage.expired.rows")
                .description("Rows that have left because of their age")
                .tag("table", table)
                .register(registry);
    }
}
