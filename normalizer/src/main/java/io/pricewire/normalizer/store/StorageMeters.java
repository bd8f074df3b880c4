package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures how much the database holds, how many partitions there are, how many of now and next are missing, and how many
 * rows of the tables that change most are dead. Every instance shows all: instances do not add up. No round fails.
 */
public final class StorageMeters {

    private static final Logger log = LoggerFactory.getLogger(StorageMeters.class);

    private static final String PARTITIONS = """
            select $1 as name,
              (select count(*) from partitions($1)) as partitions,
              (select count(*) from unnest($2::timestamptz[]) as needed (at)
               where not exists (select from partitions($1) p where p.starts <= needed.at and needed.at < p.ends)) as missing""";

    private static final String DEAD_ROWS = """
            select t.name, coalesce(sum(s.n_dead_tup), 0)::bigint as dead
            from unnest(array['asset', 'asset_alias', 'ingest_checkpoint', 'ingest_run', 'price_candle', 'price_history',
                'price_latest', 'price_reference', 'rejected_observation']) as t (name)
              left join pg_stat_user_tables s on s.relid = to_regclass(t.name)
                or s.relid in (select inhrelid from pg_inherits where inhparent = to_regclass(t.name))
            group by t.name""";

    private final DatabaseClient client;
    private final List<Partitions> tables;
    private final MultiGauge partitions;
    private final MultiGauge missing;
    private final MultiGauge dead;
    private final AtomicLong size = new AtomicLong();
    private final Clock clock;

    public StorageMeters(DatabaseClient client, MeterRegistry registry, Clock clock) {
        this.client = client;
        this.tables = Partitions.all(client);
        this.partitions = gauge("pricewire.storage.partitions", "Partitions of the table", registry);
        this.missing = gauge(
                "pricewire.storage.partitions.missing",
                "Partitions that are not there, of those that are needed now and next",
                registry);
        this.dead = gauge("pricewire.storage.dead.rows", "Dead rows of the table, as autovacuum sees them", registry);
        Gauge.builder("pricewire.storage.size", () -> size)
                .description("What the database takes on its disk")
                .baseUnit("bytes")
                .register(registry);
        this.clock = clock;
    }

    /** Measures once. */
    public Mono<Void> round() {
        return Flux.fromIterable(tables)
                .concatMap(this::measure)
                .collectList()
                .doOnNext(this::publish)
                .then(client.sql(DEAD_ROWS)
                        .map(row -> row("dead", row))
                        .all()
                        .collectList()
                        .doOnNext(rows -> dead.register(rows, true)))
                .then(client.sql("select pg_database_size(current_database())")
                        .map(row -> requireNonNull(row.get(0, Long.class)))
                        .one()
                        .doOnNext(size::set))
                .then()
                .onErrorResume(failure -> {
                    log.warn("the tables cannot be measured now reason={}", SqlStates.describe(failure));
                    return Mono.empty();
                });
    }

    private Mono<Measured> measure(Partitions table) {
        return client.sql(PARTITIONS)
                .bind(0, table.table())
                .bind(1, table.ahead(clock.instant()).toArray(new OffsetDateTime[0]))
                .map(row -> new Measured(row("partitions", row), row("missing", row)))
                .one();
    }

    private void publish(List<Measured> measured) {
        partitions.register(measured.stream().map(Measured::partitions).toList(), true);
        missing.register(measured.stream().map(Measured::missing).toList(), true);
    }

    private static MultiGauge.Row<Number> row(String column, Readable row) {
        return MultiGauge.Row.of(
                Tags.of("table", requireNonNull(row.get("name", String.class))),
                requireNonNull(row.get(column, Long.class)));
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private record Measured(MultiGauge.Row<Number> partitions, MultiGauge.Row<Number> missing) {}
}
