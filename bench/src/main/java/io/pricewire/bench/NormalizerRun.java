package io.pricewire.bench;

import io.pricewire.embedded.FreePort;
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.proto.Groups;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The normalizer, in a process of its own, with all of the topic before it. */
final class NormalizerRun {

    /** What only the normalizer does, and can leave. */
    static final Map<String, String> NO_PAYLOADS = Map.of("PRICEWIRE_NORMALIZER_RAWPAYLOADS", "false");

    static final Map<String, String> NO_CANDLES = Map.of("PRICEWIRE_NORMALIZER_CANDLES_FROMTICKS", "false");

    private final Servers servers;
    private final Load load;

    NormalizerRun(Servers servers, Load load) {
        this.servers = servers;
        this.load = load;
    }

    /** From the first row until the group has committed the last record, which it does with what it publishes. */
    @SafeVarargs
    final Throughput measure(RawTopic topic, Database database, long rows, Map<String, String>... settings)
            throws Exception {
        topic.forget(Groups.NORMALIZER);
        long before = database.count("select count(*) from price_history");
        try (MeasuredProcess process = start(database, settings)) {
            Throughput measured =
                    Watch.of(process, servers.postmaster(), rows, new Committed(topic, Groups.NORMALIZER), topic);
            long stored = database.count("select count(*) from price_history") - before;
            if (stored != rows) {
                throw new IllegalStateException("%d rows are stored of %d".formatted(stored, rows));
            }
            return measured;
        }
    }

    @SafeVarargs
    final MeasuredProcess start(Database database, Map<String, String>... settings) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (Map<String, String> some : settings) {
            environment.putAll(some);
        }
        environment.put("NORMALIZER_BATCH_SIZE", String.valueOf(load.batch()));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
        environment.put("DATABASE_URL", database.url());
        environment.put("SERVER_PORT", String.valueOf(FreePort.any()));
        environment.put("LOG_LEVEL", "WARN");
        return MeasuredProcess.java(
                NormalizerService.class.getName(),
                load.javaOptions(),
                List.of(),
                environment,
                servers.folder().resolve("normalizer.log"));
    }
}
