package io.pricewire.bench;

import com.google.protobuf.Timestamp;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Price;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From publishing an observation to its row being visible in history, and to its price being read from the normalized
 * topic. Observations are published at a steady rate, and measured from the moment at which each was due, whether or not
 * the publisher or anything after it held it up then.
 */
@Command(
        name = "latency",
        description = "From publishing to committed, and to the normalized topic, at steady rates.",
        mixinStandardHelpOptions = true)
final class Latency implements Callable<Integer> {

    private static final int LINGER_MS = 1;
    private static final int PRECISION = 3;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS_PER_MS = 1e6;

    @Mixin
    private Load load = new Load();

    @Option(names = "--rates", split = ",", description = "Events per second.")
    private List<Integer> rates = List.of(1_000, 5_000);

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before what is measured.")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "30", description = "Seconds that are measured.")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        for (int rate : rates) {
            try (Servers servers = Servers.start()) {
                RawTopic.create(servers.bootstrapServers(), load.partitions()).close();
                if (rate == rates.getFirst()) {
                    servers.printSettings();
                    load.print();
                }
                measure(rate, servers);
            }
        }
        return 0;
    }

    private void measure(int rate, Servers servers) throws Exception {
        long count = (long) rate * (warmUp + seconds);
        Observations observations = Observations.of(load.assets(), 1, count);
        Database database = servers.newDatabase("latency");
        NormalizerRun normalizer = new NormalizerRun(servers, load);
        try (MeasuredProcess process = normalizer.start(database);
                Commits commits = Commits.watch(database);
                KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
            awaitTopic(consumer, process);
            Schedule schedule = new Schedule(System.nanoTime(), rate, (long) rate * warmUp);
            Thread publisher = Thread.ofPlatform()
                    .name("publisher")
                    .start(() -> publish(servers.bootstrapServers(), observations, count, schedule));
            Histogram published = new Histogram(LONGEST_NANOS, PRECISION);
            read(consumer, count, observations, schedule, published, process);
            publisher.join();
            Histogram committed = new Histogram(LONGEST_NANOS, PRECISION);
            readCommits(database, commits, observations, schedule, committed);
            print(rate, "visible in history", committed);
            print(rate, "read from prices.normalized", published);
        }
    }

    private static void publish(String servers, Observations observations, long count, Schedule schedule) {
        try (KafkaProducer<byte[], byte[]> producer = RawTopic.producer(servers, LINGER_MS, Map.of())) {
            for (long number = 0; number < count; number++) {
                long due = schedule.due(number);
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                var _ = producer.send(RawTopic.record(observations.at(number)));
            }
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            long count,
            Observations observations,
            Schedule schedule,
            Histogram histogram,
            MeasuredProcess process)
            throws Exception {
        long read = 0;
        while (read < count) {
            process.requireAlive();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                long now = System.nanoTime();
                Timestamp observedAt = Price.parseFrom(record.value()).getObservedAt();
                schedule.record(
                        observations.number(Instant.ofEpochSecond(observedAt.getSeconds(), observedAt.getNanos())),
                        now,
                        histogram);
                read++;
            }
        }
    }

    private static void readCommits(
            Database database, Commits commits, Observations observations, Schedule schedule, Histogram histogram)
            throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select xmin::text::bigint, observed_at from price_history")) {
            while (rows.next()) {
                Long end = commits.endOf(rows.getLong(1));
                if (end == null) {
                    throw new IllegalStateException("a transaction was not seen to end");
                }
                schedule.record(observations.number(rows.getTimestamp(2).toInstant()), end, histogram);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Servers servers) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "allow.auto.create.topics",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void awaitTopic(KafkaConsumer<byte[], byte[]> consumer, MeasuredProcess process) throws Exception {
        String topic = Topics.PRICES_NORMALIZED.name();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!consumer.listTopics().containsKey(topic)) {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the normalizer makes no topics");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
    }

    private static void print(int rate, String hop, Histogram histogram) {
        System.out.printf(
                "%,6d events/s  %-30s p50 %8.1f ms  p99 %8.1f ms  p99.9 %8.1f ms  max %8.1f ms  (%,d)%n",
                rate,
                hop,
                histogram.getValueAtPercentile(50) / NANOS_PER_MS,
                histogram.getValueAtPercentile(99) / NANOS_PER_MS,
                histogram.getValueAtPercentile(99.9) / NANOS_PER_MS,
                histogram.getMaxValue() / NANOS_PER_MS,
                histogram.getTotalCount());
    }

    /**
     * @param start by {@link System#nanoTime}
     * @param first the number of the first observation that counts
     */
    private record Schedule(long start, int rate, long first) {

        long due(long number) {
            return start + number * TimeUnit.SECONDS.toNanos(1) / rate;
        }

        void record(long number, long arrived, Histogram histogram) {
            if (number >= first) {
                histogram.recordValue(Math.clamp(arrived - due(number), 0, LONGEST_NANOS));
            }
        }
    }
}
