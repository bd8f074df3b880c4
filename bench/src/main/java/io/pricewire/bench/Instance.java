package io.pricewire.bench;

import static java.util.Objects.requireNonNull;

import io.pricewire.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** A Pricewire of its own in an empty folder, started as its users start it. */
final class Instance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLISECONDS = 20;
    private static final String PRICES = "/api/v1/prices?source=coingecko,coinpaprika&page_size=1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int httpPort = FreePort.any();
    private final int kafkaPort = FreePort.any();
    private final Process process;
    private final Instant start;
    private Instant answered = Instant.MAX;
    private Instant complete = Instant.MAX;

    private Instance(Path project, Path folder, Upstream upstream) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(project.resolve("pricewire").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "SERVER_PORT",
                        String.valueOf(httpPort),
                        "PRICEWIRE_STANDALONE_KAFKAPORT",
                        String.valueOf(kafkaPort),
                        "PRICEWIRE_STANDALONE_POSTGRESPORT",
                        String.valueOf(FreePort.any()),
                        "COINGECKO_API_URL",
                        upstream.url() + "/api/v3",
                        "COINPAPRIKA_API_URL",
                        upstream.url() + "/v1",
                        "GEMINI_ENABLED",
                        "false"));
        this.start = Instant.now();
        this.process = builder.start();
    }

    static Instance start(Path project, Path folder, Upstream upstream) throws IOException {
        return new Instance(project, folder, upstream);
    }

    /** Returns when the API has so many prices of the aggregators. */
    void awaitPrices(int prices) throws InterruptedException {
        while (complete.equals(Instant.MAX)) {
            if (!process.isAlive() || after(Instant.now()).compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("Pricewire has ended, or does not get all prices");
            }
            int total = total();
            if (total >= 0 && answered.equals(Instant.MAX)) {
                answered = Instant.now();
            }
            if (total >= prices) {
                complete = Instant.now();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        }
    }

    Duration answeredAfter() {
        return after(answered);
    }

    Duration completeAfter() {
        return after(complete);
    }

    Duration after(Instant time) {
        return Duration.between(start, time);
    }

    /** When the last record was published in the topics whose names match. */
    Instant lastIn(String topics) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort, "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Pattern names = Pattern.compile(topics);
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .filter(partition -> names.matcher(partition.topic()).matches())
                    .filter(partition -> !partition.topic().endsWith(".csv"))
                    .map(Instance::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long last = 0;
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < requireNonNull(ends.get(partition)))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    last = Math.max(last, record.timestamp());
                }
            }
            return Instant.ofEpochMilli(last);
        }
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    /** How many prices the API has; -1 where it does not answer yet. */
    private int total() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + httpPort + PRICES))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? JsonMapper.shared().readTree(response.body()).get("total").asInt()
                    : -1;
        } catch (IOException notYet) {
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .isAlive()) {
            process.destroyForcibly();
        }
    }
}
