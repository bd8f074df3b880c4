package io.pricewire.bench;

import io.pricewire.proto.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka takes: each record is read and published again as it is, in one transaction for each batch, by as many threads as the normalizer has pipelines, with
 * Kafka's own clients. Nothing is decoded, and nothing stored. Together with what Postgres takes it is what no normalizer can
 * do without.
 */
final class KafkaAlone {

    private static final String GROUP = "kafka-alone";
    private static final String COPY = "copy";
    /** As many as the normalizer has pipelines. */
    private static final int THREADS = 3;

    /** Kafka's own default. */
    private static final int LINGER_MS = 5;

    private static final Duration POLL = Duration.ofMillis(100);

    private final Servers servers;
    private final Load load;

    KafkaAlone(Servers servers, Load load) {
        this.servers = servers;
        this.load = load;
    }

    Throughput measure(RawTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(COPY, Topics.PRICES_NORMALIZED.partitions(), (short) 1)))
                    .all()
                    .get();
        }
        try (MeasuredProcess process = MeasuredProcess.java(
                KafkaAlone.class.getName(),
                load.javaOptions(),
                List.of(servers.bootstrapServers(), String.valueOf(load.batch())),
                Map.of(),
                servers.folder().resolve("kafka-alone.log"))) {
            return Watch.of(process, servers.postmaster(), load.all(), new Committed(topic, GROUP), topic);
        }
    }

    /** Copies until it is ended. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        IntStream.range(0, THREADS)
                .mapToObj(number -> new Thread(() -> copy(arguments[0], Integer.parseInt(arguments[1]), number)))
                .forEach(Thread::start);
    }

    private static void copy(String bootstrapServers, int batch, int number) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, batch);
                KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, number)) {
            producer.initTransactions();
            consumer.subscribe(List.of(Observations.TOPIC.name()));
            while (true) {
                copy(consumer.poll(POLL), consumer, producer);
            }
        }
    }

    private static void copy(
            ConsumerRecords<byte[], byte[]> records,
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer) {
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            // What fails here fails the transaction, too.
            var _ = producer.send(new ProducerRecord<>(COPY, null, record.key(), record.value(), record.headers()));
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, int batch) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        GROUP,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        batch),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, int number) {
        return RawTopic.producer(
                bootstrapServers, LINGER_MS, Map.of("transactional.id", "%s-%d".formatted(GROUP, number)));
    }
}
