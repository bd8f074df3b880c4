package io.pricewire.normalizer;

import io.pricewire.database.DatabaseSettings;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
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
        return Mono.fromCallable(this::migrate)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.from(failures ->
                        Flux.from(backoff().generateCompanion(failures)).takeUntilOther(stopped)))
                .doOnNext(result -> log.info(
                        "the tables are up to date database={} migrations={}", target, result.migrationsExecuted))
                .doOnNext(result -> done.tryEmitEmpty())
                .then();
    }

    /** Completes when the tables have been brought to the newest version; does nothing for it. */
    Mono<Void> done() {
        return done.asMono();
    }

    private static Retry backoff() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .doBeforeRetry(attempt -> log.warn(
                        "the tables cannot be migrated yet attempt={} reason={}",
                        attempt.totalRetries() + 1,
                        attempt.failure().getMessage()));
    }

    private MigrateResult migrate() {
        return Flyway.configure()
                .dataSource(target.jdbcUrl(), target.user(), target.password())
                .load()
                .migrate();
    }
}
