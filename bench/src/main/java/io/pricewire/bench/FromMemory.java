package io.pricewire.bench;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.normalizer.store.WriteBatch;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What Postgres takes: the normalizer's own statement, without raw payloads and candles, for observations that are in memory already, over two connections,
 * each with assets of its own. No Kafka, no decoding, no judging, no publishing; the clock stands while observations are
 * made.
 */
final class FromMemory {

    private static final int CONNECTIONS = 2;
    private static final int ROUND = 50_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Servers servers;
    private final Load load;

    FromMemory(Servers servers, Load load) {
        this.servers = servers;
        this.load = load;
    }

    Throughput measure(Database database, Observations observations) throws SQLException, IOException {
        decideAssets(database, observations);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("bench", Map.of("pricewire.database.url", database.url())));
            context.register(DatabaseConfiguration.class);
            context.refresh();
            return measure(
                    new PriceStore(context.getBean(DatabaseClient.class), false, new CandleSettings(false)),
                    observations);
        }
    }

    private Throughput measure(PriceStore store, Observations observations) throws IOException {
        return new Throughput(
                measure(store, observations, 0, load.warmUp()),
                measure(store, observations, load.warmUp(), load.all()));
    }

    private Throughput.Part measure(PriceStore store, Observations observations, long first, long end)
            throws IOException {
        Throughput.Part all = new Throughput.Part(0, Duration.ZERO, Usage.none());
        for (long from = first; from < end; from += ROUND) {
            long to = Math.min(end, from + ROUND);
            all = all.and(measure(store, batches(observations, from, to), to - from));
        }
        return all;
    }

    private Throughput.Part measure(PriceStore store, List<List<WriteBatch>> batches, long rows) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Usage before = Usage.of(self, servers.postmaster());
        long start = System.nanoTime();
        Flux.fromIterable(batches)
                .flatMap(mine -> Flux.fromIterable(mine).concatMap(store::write).then(), CONNECTIONS)
                .then(Mono.just(true))
                .block(PATIENCE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Usage used = Usage.of(self, servers.postmaster()).since(before);
        // Sink and broker are one process here, which does nothing else meanwhile.
        return new Throughput.Part(rows, took, new Usage(used.broker(), used.postgres(), Duration.ZERO));
    }

    private List<List<WriteBatch>> batches(Observations observations, long from, long to) {
        List<List<WriteBatch>> batches = new ArrayList<>();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            List<StoredObservation> mine = new ArrayList<>();
            for (long number = from; number < to; number++) {
                int asset = observations.asset(number);
                if (asset % CONNECTIONS == connection) {
                    Observation observation =
                            Candidate.of(observations.at(number)).toObservation();
                    mine.add(new StoredObservation(observation, observations.id(asset)));
                }
            }
            List<WriteBatch> written = new ArrayList<>();
            for (int first = 0; first < mine.size(); first += load.batch()) {
                written.add(new WriteBatch(
                        mine.subList(first, Math.min(mine.size(), first + load.batch())),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
            }
            batches.add(written);
        }
        return batches;
    }

    private static void decideAssets(Database database, Observations observations) throws SQLException {
        int coins = observations.assets() / observations.sources().size();
        database.execute("insert into asset (asset_id, symbol, name, created_at)"
                + " select 'coin-' || i, 'C' || i, 'Example Coin ' || i, now() from generate_series(0, " + coins
                + ") i");
        for (String source : observations.sources()) {
            database.execute(
                    "insert into asset_alias (source, source_asset_id, asset_id, symbol, name, method, evidence,"
                            + " decided_by, decided_at) select '" + source
                            + "', asset_id, asset_id, symbol, name, 'own', '{}',"
                            + " 'bench', now() from asset where asset_id like 'coin-%'");
        }
        database.execute("analyze");
    }
}
