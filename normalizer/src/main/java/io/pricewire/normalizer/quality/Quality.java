package io.pricewire.normalizer.quality;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Scores the sources from time to time, apart from the writing of prices, which it neither delays nor fails: it takes one
 * connection, one processor of the database, and 30 seconds at most. Of several instances one does it.
 */
public final class Quality {

    private static final Logger log = LoggerFactory.getLogger(Quality.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What others wait for is done first. */
    private static final String BOUND = """
            select set_config('statement_timeout', '30s', true), set_config('max_parallel_workers_per_gather', '0', true)""";

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('pricewire.quality'))";

    private final QualitySettings settings;
    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final QualityFacts facts;
    private final QualityScores scores;
    private final QualityMeters meters;
    private final Clock clock;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    public Quality(
            QualitySettings settings,
            DatabaseClient client,
            TransactionalOperator transaction,
            MeterRegistry registry,
            Clock clock) {
        this.settings = settings;
        this.client = client;
        this.transaction = transaction;
        this.facts = new QualityFacts(client, settings.agreementLimit());
        this.scores = new QualityScores(client);
        this.meters = new QualityMeters(registry);
        this.clock = clock;
    }

    /**
     * Scores until {@link #stop}. What fails is tried again when it is due again.
     *
     * @param tables completes when the tables are there
     */
    public Mono<Void> run(Mono<Void> tables) {
        return tables.thenMany(Flux.interval(Duration.ZERO, settings.interval()).onBackpressureDrop())
                .concatMap(this::score, 0)
                .takeUntilOther(stopped.asMono())
                .then();
    }

    public void stop() {
        stopped.tryEmitEmpty();
    }

    private Mono<Void> score(long turn) {
        Instant now = clock.instant();
        return scores.areOlderThan(now.minus(settings.interval().dividedBy(2)))
                .filter(areOld -> areOld)
                .flatMap(areOld -> calculate(now, turn))
                .then(Mono.defer(scores::read))
                .doOnNext(meters::show)
                .timeout(PATIENCE)
                .onErrorResume(failure -> {
                    log.warn("the quality of the sources cannot be calculated now reason={}", failure.toString());
                    return Mono.empty();
                })
                .then();
    }

    /**
     * Scores the sources as of now.
     *
     * @param turn counts up, so that every part of the last day has its turn to be counted again
     */
    Mono<Void> calculate(Instant now, long turn) {
        return client.sql(BOUND)
                .fetch()
                .first()
                .then(client.sql(LOCK)
                        .map(row -> requireNonNull(row.get(0, Boolean.class)))
                        .one())
                .filter(isMine -> isMine)
                .flatMap(isMine -> Flux.fromIterable(Stretch.due(now, turn))
                        .concatMap(facts::count)
                        .then(Mono.defer(() -> facts.look(now)))
                        .then(Mono.defer(() -> facts.forget(now)))
                        .then(Mono.defer(() -> scores.calculate(now))))
                .as(transaction::transactional);
    }
}
