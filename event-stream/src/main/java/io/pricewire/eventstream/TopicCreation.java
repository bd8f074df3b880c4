package io.pricewire.eventstream;

import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.proto.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Creates topics with the catalogue's settings and this installation's. */
final class TopicCreation {

    /** What is superseded goes after this; until then whoever reads a compacted topic from its beginning reads it too. */
    private static final Duration COMPACTED_WITHIN = Duration.ofMinutes(10);

    private static final int COMPACTED_SEGMENT_BYTES = 32 * 1024 * 1024;

    private final KafkaAdmin admin;
    private final TopicNames names;
    private final short replicationFactor;

    TopicCreation(KafkaClients clients, TopicNames names, short replicationFactor) {
        this.admin = new KafkaAdmin(clients.admin());
        this.admin.setModifyTopicConfigs(true);
        this.names = names;
        this.replicationFactor = replicationFactor;
    }

    /** Creates what is missing; sets the retention of what is there, and adds partitions where there are too few. */
    Mono<Void> create(Collection<? extends Topic<?>> topics) {
        NewTopic[] wanted = topics.stream().map(this::newTopic).toArray(NewTopic[]::new);
        return Mono.<Void>fromRunnable(() -> admin.createOrModifyTopics(wanted))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private NewTopic newTopic(Topic<?> topic) {
        TopicSettings settings = names.settingsOf(topic);
        // A topic refuses more partitions than a position can hold, whoever asks for them.
        Topic<?> sized = new Topic<>(
                topic.name(),
                topic.prototype(),
                Objects.requireNonNullElse(settings.partitions(), topic.partitions()),
                topic.kept());
        return TopicBuilder.name(names.inKafka(topic))
                .partitions(sized.partitions())
                .replicas(replicationFactor)
                .configs(configs(topic, settings))
                .build();
    }

    private static Map<String, String> configs(Topic<?> topic, TopicSettings settings) {
        Duration retention = settings.retention() != null
                ? settings.retention()
                : topic.kept().retention();
        Map<String, String> configs = new HashMap<>();
        configs.put(
                TopicConfig.CLEANUP_POLICY_CONFIG, cleanupPolicy(topic.kept().compacted(), retention != null));
        configs.put(TopicConfig.RETENTION_MS_CONFIG, retention == null ? "-1" : String.valueOf(retention.toMillis()));
        if (topic.kept().compacted()) {
            // The segment that is written to is never compacted.
            configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(COMPACTED_SEGMENT_BYTES));
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(COMPACTED_WITHIN.toMillis()));
            configs.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(COMPACTED_WITHIN.toMillis()));
        }
        return configs;
    }

    private static String cleanupPolicy(boolean compacted, boolean expires) {
        if (!compacted) {
            return TopicConfig.CLEANUP_POLICY_DELETE;
        }
        return expires
                ? TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE
                : TopicConfig.CLEANUP_POLICY_COMPACT;
    }
}
