package io.pricewire.bench;

import static io.pricewire.bench.NormalizerRun.NO_CANDLES;
import static io.pricewire.bench.NormalizerRun.NO_PAYLOADS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From Kafka to history and latest, beside the same statements without Kafka. */
@Command(
        name = "storage",
        description = "Rows per second from Kafka to history and latest, beside the same statements from memory.",
        mixinStandardHelpOptions = true)
final class Storage implements Callable<Integer> {

    @Mixin
    private Load load = new Load();

    @Option(names = "--only", split = ",", description = "Of ${DEFAULT-VALUE}: which are measured.")
    private List<String> only = List.of("memory", "kafka", "plain", "payloads", "candles", "all");

    @Override
    public Integer call() throws Exception {
        try (Servers servers = Servers.start();
                RawTopic topic = RawTopic.create(servers.bootstrapServers(), load.partitions())) {
            servers.printSettings();
            load.print();
            Observations observations = Observations.of(load.assets(), 1, load.all());
            topic.fill(observations, load);
            Throughput.printHeader();
            if (only.contains("memory")) {
                new FromMemory(servers, load)
                        .measure(servers.newDatabase("memory"), observations)
                        .print("the same statements from memory");
            }
            if (only.contains("kafka")) {
                new KafkaAlone(servers, load).measure(topic).print("reading and publishing, nothing else");
            }
            NormalizerRun run = new NormalizerRun(servers, load);
            normalizer("plain", "normalizer: history and latest", run, servers, topic, NO_PAYLOADS, NO_CANDLES);
            normalizer("payloads", "normalizer: and raw payloads", run, servers, topic, NO_CANDLES);
            normalizer("candles", "normalizer: and candles", run, servers, topic, NO_PAYLOADS);
            normalizer("all", "normalizer: and both, its defaults", run, servers, topic);
        }
        return 0;
    }

    @SafeVarargs
    private void normalizer(
            String name,
            String title,
            NormalizerRun run,
            Servers servers,
            RawTopic topic,
            Map<String, String>... settings)
            throws Exception {
        if (only.contains(name)) {
            run.measure(topic, servers.newDatabase("normalizer"), load.all(), settings)
                    .print(title);
        }
    }
}
