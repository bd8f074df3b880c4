package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Partitions whose rows are all too old. One is first taken out of its table, and then, in another transaction, written to
 * the archive where there is one, and dropped. Whatever ends it in between, the partition is found again by its name. It is
 * dropped after all of it is in a file, and the file is called after it, so that it is there once. Of several instances
 * one does it.
 */
final class ExpiredPartitions {

    private static final String EXPIRED = "select partition from partitions($1) where ends <= $2 order by ends";
    private static final String DETACH =
            "select expire_partition($1, $2) where exists (select from partitions($1) where partition = $2)";
    private static final String DETACHED = """
            select relname::text from pg_class
            where relkind = 'r' and not relispartition and pg_table_is_visible(oid)
              and relname ~ '^(price_history|raw_observation)_[0-9_]+_expired_[0-9a-f]{8}$'
            order by relname""";

    private static final String IS_OURS = "select pg_try_advisory_xact_lock(hashtext('pricewire.retention'))";
    private static final String IS_THERE = "select to_regclass($1) is not null";

    /** Times as everywhere else; and while the end of a large file goes to the disk nothing is asked. */
    private static final String PREPARE = """
            select set_config('timezone', 'UTC', true), set_config('idle_in_transaction_session_timeout', '10min', true)""";

    private static final int ROWS_AT_A_TIME = 1_000;
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final DatabaseClient client;
    private final TransactionalOperator transaction;

    ExpiredPartitions(DatabaseClient client, TransactionalOperator transaction) {
        this.client = client;
        this.transaction = transaction;
    }

    /** Takes those out of the table that end at this time or before; returns what they are called from then on. */
    Flux<String> detach(DataSet set, Instant before) {
        return client.sql(EXPIRED)
                .bind(0, set.table())
                .bind(1, before.atOffset(ZoneOffset.UTC))
                .map(row -> requireNonNull(row.get(0, String.class)))
                .all()
                .collectList()
                .flatMapIterable(partitions -> partitions)
                .concatMap(partition -> detach(set, partition));
    }

    /** Those that were taken out and are still there, by whomever and whenever. */
    Flux<String> detached() {
        return client.sql(DETACHED)
                .map(row -> requireNonNull(row.get(0, String.class)))
                .all()
                .collectList()
                .flatMapIterable(partitions -> partitions);
    }

    /** Writes one to the archive, if there is one, and drops it; does nothing where another instance is at it. */
    Mono<Left> remove(String partition, @Nullable Path archive) {
        return isTrue(client.sql(IS_OURS))
                .filter(isOurs -> isOurs)
                .flatMap(ours -> isTrue(client.sql(IS_THERE).bind(0, partition)))
                .filter(isThere -> isThere)
                .flatMap(there -> client.sql(PREPARE).then().thenReturn(there))
                .flatMap(prepared -> archive == null ? count(partition) : write(partition, archive))
                .flatMap(left -> client.sql("drop table " + partition).then().thenReturn(left))
                .as(transaction::transactional);
    }

    /** Waits for a second at most, and others behind it; so it tries again a few times, and then at the next round. */
    private Mono<String> detach(DataSet set, String partition) {
        return isTrue(client.sql(IS_OURS))
                .filter(isOurs -> isOurs)
                .flatMap(ours -> client.sql(DETACH)
                        .bind(0, set.table())
                        .bind(1, partition)
                        .map(row -> requireNonNull(row.get(0, String.class)))
                        .one())
                .as(transaction::transactional)
                .retryWhen(Retry.backoff(ATTEMPTS, FIRST_PAUSE)
                        .filter(SqlStates::isLockedByOthers)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    private Mono<Left> count(String partition) {
        return client.sql("select count(*) from " + partition)
                .map(row -> new Left(DataSet.of(partition), requireNonNull(row.get(0, Long.class)), 0))
                .one();
    }

    private Mono<Left> write(String partition, Path archive) {
        DataSet set = DataSet.of(partition);
        return ArchiveFile.write(
                        archive,
                        ArchiveFile.nameOf(partition),
                        client.sql(set.lines(partition))
                                .filter(statement -> statement.fetchSize(ROWS_AT_A_TIME))
                                .map(row -> requireNonNull(row.get(0, String.class)))
                                .all())
                .map(written -> new Left(set, written.lines(), written.bytes()));
    }

    private static Mono<Boolean> isTrue(DatabaseClient.GenericExecuteSpec question) {
        return question.map(row -> requireNonNull(row.get(0, Boolean.class))).one();
    }

    /**
     * A partition that is gone.
     *
     * @param set what it was of
     * @param rows how many it had
     * @param archivedBytes the size of the file that they are in; 0 where they are in none
     */
    record Left(DataSet set, long rows, long archivedBytes) {}
}
