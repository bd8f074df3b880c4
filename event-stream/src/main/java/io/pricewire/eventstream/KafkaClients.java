package io.pricewire.eventstream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of every kind of Kafka client, so that time-outs and guarantees are the same everywhere. */
final class KafkaClients {

    /** An instance that says nothing for so long is dead; the brokers' lowest default. */
    private static final int SESSION_TIMEOUT_MS = 6_000;

    /** What a dead producer left open is aborted after this; until then every reader of committed records waits. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** How long a client waits for one answer, and for all attempts together, before it reports an error. */
    private static final int REQUEST_TIMEOUT_MS = 5_000;

    private static final int CALL_TIMEOUT_MS = 10_000;

    /** How soon a new topic that a pattern matches is found. */
    private static final int METADATA_MAX_AGE_MS = 5_000;

    private final EventStreamSettings settings;

    KafkaClients(EventStreamSettings settings) {
        this.settings = settings;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = common();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        return properties;
    }

    /** A producer whose id fences every earlier producer of the same id. */
    Map<String, Object> transactionalProducer(String transactionalId) {
        Map<String, Object> properties = common();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_TIMEOUT_MS);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    /** A member of a group that shares the partitions of its topics, from where the group is. */
    Map<String, Object> groupMember(String group, int maxPollRecords) {
        Map<String, Object> properties = reader();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // All partitions are given up in a rebalance, and read from what is committed after it. With an assignor that
        // lets a
        // member keep some, what it has read of them and not processed would be passed over.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS / 4);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        return properties;
    }

    /** A reader that belongs to no group and is told where to start. */
    Map<String, Object> reader() {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put("bootstrap.servers", settings.bootstrapServers());
        properties.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
        properties.put("metadata.max.age.ms", METADATA_MAX_AGE_MS);
        return properties;
    }
}
