package io.pricewire.bench;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.proto.v1.PriceObserved;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic with the observations, and how far a group has come in it. */
final class RawTopic implements AutoCloseable {

    private static final String NAME = Observations.TOPIC.name();
    private static final int LINGER_MS = 10;
    private static final int BATCH_BYTES = 128 * 1024;

    private final Admin admin;
    private final String bootstrapServers;
    private final Reached warmUp = new Reached();
    private final Reached all = new Reached();

    private RawTopic(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    static RawTopic create(String bootstrapServers, int partitions) throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        admin.createTopics(List.of(new NewTopic(NAME, partitions, (short) 1)))
                .all()
                .get();
        // Answered when all partitions are there: a producer that is faster than that may stall.
        admin.listOffsets(IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(NAME, partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get();
        return new RawTopic(admin, bootstrapServers);
    }

    /** Publishes the first observations, as many as the load has, outside of any transaction. */
    void fill(Observations observations, Load load) {
        long count = load.all();
        LongAdder published = new LongAdder();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, LINGER_MS, Map.of())) {
            for (long i = 0; i < count; i++) {
                long number = i;
                var _ = producer.send(record(observations.at(number)), (sent, failure) -> {
                    if (failure == null) {
                        published.increment();
                        all.add(sent.partition(), sent.offset(), number);
                        if (number < load.warmUp()) {
                            warmUp.add(sent.partition(), sent.offset(), number);
                        }
                    }
                });
            }
        }
        if (published.sum() != count) {
            throw new IllegalStateException("of %d observations %d were published".formatted(count, published.sum()));
        }
    }

    /** What has been read where those of the warm-up have been. */
    Reached warmUp() {
        return warmUp;
    }

    /** What has been read where everything has been. */
    Reached all() {
        return all;
    }

    /** Lets the group begin anew; nobody may be in it. */
    void forget(String group) throws ExecutionException, InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    /** How many observations the group has committed. */
    long committedBy(String group) throws ExecutionException, InterruptedException {
        return committed(group).entrySet().stream()
                .filter(position -> position.getKey().topic().equals(NAME))
                .mapToLong(position -> position.getValue().offset())
                .sum();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** Whether the group has committed so much. */
    boolean isPassedBy(String group, Reached reached) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        return reached.offsets.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata position = committed.get(new TopicPartition(NAME, end.getKey()));
            return position != null && position.offset() > end.getValue();
        });
    }

    static KafkaProducer<byte[], byte[]> producer(
            String bootstrapServers, int lingerMilliseconds, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("acks", "all");
        properties.put("compression.type", "lz4");
        properties.put("batch.size", BATCH_BYTES);
        properties.put("linger.ms", lingerMilliseconds);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ProducerRecord<byte[], byte[]> record(Event<PriceObserved> event) {
        EventAttributes attributes = event.attributes();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(NAME, utf8(event.key()), event.value().toByteArray());
        record.headers()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8(attributes.id()))
                .add("ce_source", utf8(attributes.source()))
                .add("ce_type", utf8(event.topic().eventType()))
                .add("ce_time", utf8(attributes.time().toString()))
                .add("ce_subject", utf8(attributes.subject()))
                .add("content-type", utf8("application/protobuf"));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The last observation of each partition, of some. */
    static final class Reached {

        private final Map<Integer, Long> offsets = new ConcurrentHashMap<>();
        private final Map<Integer, Long> numbers = new ConcurrentHashMap<>();

        private void add(int partition, long offset, long number) {
            offsets.merge(partition, offset, Math::max);
            numbers.merge(partition, number, Math::max);
        }

        /** Their numbers. */
        List<Long> numbers() {
            return List.copyOf(numbers.values());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
