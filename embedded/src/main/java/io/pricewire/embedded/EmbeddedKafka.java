package io.pricewire.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, on the loopback address only. Topics
 * are never created by accident ({@code auto.create.topics.enable} is off). Started again on the same folder it has all
 * that it had, after a clean stop or after the JVM was killed.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;
    private final Runnable afterStop;

    private EmbeddedKafka(Path folder, int port, Runnable afterStop) {
        this.port = port;
        this.afterStop = afterStop;
        format(folder);
        try (ReservedPort controllerPort = ReservedPort.any()) {
            Properties properties = properties(folder, port, controllerPort.number());
            this.server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            server.startup();
        }
    }

    /** A broker on a free port that leaves nothing behind. */
    public static EmbeddedKafka startTemporary() {
        Path folder = TemporaryFolder.create("kafka");
        try (ReservedPort port = ReservedPort.any()) {
            return new EmbeddedKafka(folder, port.number(), () -> TemporaryFolder.delete(folder));
        }
    }

    /** A broker that keeps its data in the given folder, which is created where it is missing. */
    public static EmbeddedKafka start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for Kafka's data cannot be created: " + folder, e);
        }
        return new EmbeddedKafka(folder, port, () -> {});
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker; does nothing the second time. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        afterStop.run();
    }

    private static void format(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the folder for Kafka's data cannot be prepared: " + folder, e);
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort));
        properties.put("controller.listener.names", CONTROLLER);
        properties.put("log.dirs", folder.toString());
        properties.put("auto.create.topics.enable", "false");
        // There is one node, so every internal topic has one replica; and few users, so few partitions.
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // A consumer that starts alone need not wait for others; and what a dead producer left open is aborted soon,
        // because every reader of committed records waits for it.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
        // The defaults are for a machine that does nothing else.
        properties.put("log.cleaner.dedupe.buffer.size", "16777216");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        return properties;
    }
}
