package io.pricewire.bench;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of the speed when there is more of everything. */
@Command(
        name = "growth",
        description = "The normalizer's rows per second with millions of rows stored already, and more partitions.",
        mixinStandardHelpOptions = true)
final class Growth implements Callable<Integer> {

    private static final int FOUR_TIMES = 4;

    @Mixin
    private Load load = new Load();

    @Option(
            names = "--stored",
            defaultValue = "10000000",
            description = "Rows stored already (default: ${DEFAULT-VALUE}).")
    private long stored;

    @Override
    public Integer call() throws Exception {
        measure("as it is", load.partitions(), 1, 0);
        measure("%,d rows stored already".formatted(stored), load.partitions(), 1, stored);
        measure("four times the partitions of the topic", FOUR_TIMES * load.partitions(), 1, 0);
        measure("four times the partitions of history", load.partitions(), FOUR_TIMES, 0);
        return 0;
    }

    private void measure(String name, int partitions, int months, long before) throws Exception {
        try (Servers servers = Servers.start();
                RawTopic topic = RawTopic.create(servers.bootstrapServers(), partitions)) {
            if (before == 0 && months == 1 && partitions == load.partitions()) {
                servers.printSettings();
                load.print();
                Throughput.printHeader();
            }
            Observations observations = Observations.of(load.assets(), months, load.all());
            topic.fill(observations, load);
            Database database = servers.newDatabase("growth");
            if (before > 0) {
                store(database, observations, before);
            }
            new NormalizerRun(servers, load)
                    .measure(topic, database, load.all(), NormalizerRun.NO_PAYLOADS, NormalizerRun.NO_CANDLES)
                    .print(name);
        }
    }

    /** Older rows of the same assets, a minute apart, of which none is in latest. */
    private void store(Database database, Observations observations, long rows) throws SQLException {
        String older = """
                from (select %d as assets, %d as sources, '%s'::text[] as names, timestamptz '%s' as start) s,
                  generate_series(0, %d) i""".formatted(
                        observations.assets(),
                        observations.sources().size(),
                        "{" + String.join(",", observations.sources()) + "}",
                        observations.start(),
                        rows - 1);
        String time = "start - (i / assets + 1) * interval '1 minute'";
        database.execute("select ensure_partitions('price_history', array_agg(month), '1 month') from"
                + " (select distinct date_trunc('month', (" + time
                + ") at time zone 'UTC') at time zone 'UTC' as month "
                + older.replace("generate_series(0, ", "generate_series(0::bigint, ") + " where i % assets = 0) m");
        database.execute(
                "insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed,"
                        + " asset_id, ingested_at, event_id, run_id, origin, price, market_cap, volume_24h)"
                        + " select names[i % assets % sources + 1], 'coin-' || i % assets / sources, 'USD', 'tick', "
                        + time
                        + ", false, 'coin-' || i % assets / sources, " + time + ", gen_random_uuid(),"
                        + " '00000000-0000-4000-8000-000000000000', 'live', 1 + i % 99991 / 997.0,"
                        + " 19712345 * (1 + i % 99991 / 997.0), 310017 * (1 + i % 99991 / 997.0) "
                        + older.replace("generate_series(0, ", "generate_series(0::bigint, "));
        database.execute("analyze price_history");
    }
}
