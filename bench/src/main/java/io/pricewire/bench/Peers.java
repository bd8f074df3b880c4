package io.pricewire.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The normalizer beside what a user would take instead, one after the other, from the same topic into equal tables. */
@Command(
        name = "peers",
        description = "From Kafka to history and latest, beside Debezium's JDBC sink and Apache Flink.",
        mixinStandardHelpOptions = true)
final class Peers implements Callable<Integer> {

    @ParentCommand
    private @Nullable Bench bench;

    @Mixin
    private Load load = new Load();

    @Option(names = "--only", split = ",", description = "Of pricewire, DEBEZIUM, FLINK: which are measured.")
    private List<String> only = List.of("pricewire", "DEBEZIUM", "FLINK");

    @Override
    public Integer call() throws Exception {
        try (Servers servers = Servers.start();
                RawTopic topic = RawTopic.create(servers.bootstrapServers(), load.partitions())) {
            servers.printSettings();
            load.print();
            Observations observations = Observations.of(load.assets(), 1, load.all());
            topic.fill(observations, load);
            Throughput.printHeader();
            // Whoever comes first would pay for what the broker has to compile.
            new KafkaAlone(servers, load).measure(topic).print("(reading and publishing, nothing else)");
            if (only.contains("pricewire")) {
                new NormalizerRun(servers, load)
                        .measure(
                                topic,
                                servers.newDatabase("normalizer"),
                                load.all(),
                                NormalizerRun.NO_PAYLOADS,
                                NormalizerRun.NO_CANDLES)
                        .print("Pricewire, which also judges and publishes");
            }
            for (Peer peer : Peer.values()) {
                if (only.contains(peer.name())) {
                    measure(peer, servers, topic, observations).print(peer.name());
                }
            }
        }
        return 0;
    }

    private Throughput measure(Peer peer, Servers servers, RawTopic topic, Observations observations) throws Exception {
        Database database = servers.newDatabase("peer");
        prepare(database, observations);
        Path peers = requireNonNull(bench).project().resolve("bench/peers");
        try (MeasuredProcess process = peer.start(peers, servers, database, load.batch());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Throughput measured =
                    Watch.of(process, servers.postmaster(), load.all(), new Stored(observations, statement), topic);
            long stored = database.count("select count(*) from price_history");
            if (stored != load.all()) {
                throw new IllegalStateException("%s has stored %d rows".formatted(peer, stored));
            }
            return measured;
        }
    }

    /** The tables as they are, but for what only the normalizer can fill. */
    private void prepare(Database database, Observations observations) throws SQLException {
        database.execute("alter table price_latest drop constraint price_latest_asset_id_fkey");
        database.execute("alter table price_latest alter stale_after set default interval '10 minutes'");
        OffsetDateTime first = observations.observedAt(0).atOffset(ZoneOffset.UTC);
        OffsetDateTime last = observations.observedAt(load.all()).atOffset(ZoneOffset.UTC);
        database.execute("select ensure_partitions('price_history', array_agg(month), '1 month') from"
                + " (select distinct date_trunc('month', t at time zone 'UTC') at time zone 'UTC' as month"
                + " from (values (timestamptz '" + first + "'), ('" + last + "')) v (t)) m");
    }

    /** Counts which of these observations are in history, and which are in latest or have been overtaken there. */
    private static String stored(List<Long> numbers, Observations observations) {
        String last = numbers.stream()
                .map(number -> "('%s', '%s', timestamptz '%s')"
                        .formatted(
                                observations.source(observations.asset(number)),
                                observations.id(observations.asset(number)),
                                observations.observedAt(number)))
                .collect(Collectors.joining(", "));
        return ("select (select count(*) from (values %1$s) v (source, source_asset_id, observed_at)"
                        + " join price_history using (source, source_asset_id, observed_at))"
                        + " + (select count(*) from (values %1$s) v (source, source_asset_id, observed_at)"
                        + " join price_latest l using (source, source_asset_id) where l.observed_at >= v.observed_at)")
                .formatted(last);
    }

    /** What others see in the tables. */
    private record Stored(Observations observations, Statement statement) implements Watch.Progress {

        @Override
        public boolean hasReached(RawTopic.Reached reached) throws SQLException {
            return Database.count(statement, stored(reached.numbers(), observations))
                    == 2L * reached.numbers().size();
        }

        @Override
        public long rows() throws SQLException {
            return Database.count(statement, "select count(*) from price_history");
        }
    }
}
