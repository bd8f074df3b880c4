package io.pricewire.normalizer;

import io.pricewire.database.DatabaseSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Brings the tables to the newest version. Several instances may do so at the same time; one of them does it. */
final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

    /** The classes of SQLSTATE for connections, and for what an operator does to the server. */
    private static final Set<String> AWAY = Set.of("08", "57");

    private final DatabaseSettings.Target target;
    private final Sinks.Empty<Void> done = Sinks.empty();

    Migrations(DatabaseSettings.Target target) {
        this.target = target;
    }

    /**
     * Completes when the tables are as this version needs them. Where the database is away it tries until it is there, or
     * until it is stopped; a migration that runs is not cut short.
     */
    Mono<Void> run(Mono<Void> stopped) {
        return run(stopped, failure -> true);
    }

    /**
     * Completes when the tables are as this version needs them. Where the database is away it tries until it is there; where
     * it answers that it will not, or the tables are not as they were left, it fails, which somebody has to mend.
     */
    Mono<Void> runOrFail() {
        return run(Mono.never(), Migrations::isAway)
                .doOnError(failure ->
                        log.error("the tables cannot be migrated database={} reason={}", target, failure.getMessage()));
    }

    private Mono<Void> run(Mono<Void> stopped, Predicate<Throwable> isTriedAgain) {
        return Mono.fromCallable(this::migrate)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.from(failures -> failures.concatMap(failure -> isTriedAgain.test(failure.failure())
                        ? pause(failure, stopped)
                        : Mono.error(failure.failure()))))
                .onErrorComplete(Stopped.class)
                .doOnNext(result -> log.info(
                        "the tables are up to date database={} migrations={}", target, result.migrationsExecuted))
                .doOnNext(result -> done.tryEmitEmpty())
                .then();
    }

    /** Completes when the tables have been brought to the newest version; does nothing for it. */
    Mono<Void> done() {
        return done.asMono();
    }

    /** Whether the database cannot be reached, is shutting down or has not started up. */
    private static boolean isAway(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException refused && isAway(refused.getSQLState()));
    }

    private static boolean isAway(@Nullable String sqlState) {
        return sqlState != null && AWAY.contains(sqlState.substring(0, Math.min(2, sqlState.length())));
    }

    /** A stop cuts the pause short, and only that: to complete the retries would cut an attempt short, too. */
    private static Mono<Object> pause(Retry.RetrySignal failure, Mono<Void> stopped) {
        Retry backoff = Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .doBeforeRetry(attempt -> log.warn(
                        "the tables cannot be migrated yet attempt={} reason={}",
                        attempt.totalRetries() + 1,
                        attempt.failure().getMessage()));
        return Flux.from(backoff.generateCompanion(Flux.just(failure)))
                .cast(Object.class)
                .next()
                .takeUntilOther(stopped)
                .switchIfEmpty(Mono.error(Stopped::new));
    }

    private MigrateResult migrate() {
        return Flyway.configure()
                .dataSource(target.jdbcUrl(), target.user(), target.password())
                .load()
                .migrate();
    }

    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
