package io.pricewire.eventstream;

import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.proto.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
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
    private final LazyAdmin lazyAdmin;
    private final TopicNames names;
    private final short replicationFactor;

    TopicCreation(KafkaClients clients, LazyAdmin lazyAdmin, TopicNames names, short replicationFactor) {
        this.lazyAdmin = lazyAdmin;
        this.admin = new KafkaAdmin(clients.admin());
        this.admin.setModifyTopicConfigs(true);
        this.names = names;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Creates what is missing, and sets the retention of what is there. It adds no partitions: keys would change theirs,
     * and readers by position would know nothing of the new ones.
     */
    Mono<Void> create(Collection<? extends Topic<?>> topics) {
        List<NewTopic> wanted = topics.stream().map(this::newTopic).toList();
        return partitions(wanted.stream().map(NewTopic::name).toList())
                .map(partitions -> wanted.stream()
                        .map(topic -> withPartitions(topic, partitions))
                        .toArray(NewTopic[]::new))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(admin::createOrModifyTopics)
                .then();
    }

    /** How many partitions these topics have, as far as they are there. */
    private Mono<Map<String, Integer>> partitions(Collection<String> wanted) {
        return lazyAdmin
                .ask(client -> client.listTopics().names())
                .map(names -> wanted.stream().filter(names::contains).toList())
                .flatMap(names ->
                        lazyAdmin.ask(client -> client.describeTopics(names).allTopicNames()))
                .map(topics -> topics.values().stream()
                        .collect(Collectors.toMap(
                                TopicDescription::name,
                                topic -> topic.partitions().size())));
    }

    private static NewTopic withPartitions(NewTopic topic, Map<String, Integer> existing) {
        return new NewTopic(
                        topic.name(),
                        existing.getOrDefault(topic.name(), topic.numPartitions()),
                        topic.replicationFactor())
                .configs(topic.configs());
    }

    private NewTopic newTopic(Topic<?> topic) {
        TopicSettings settings = names.settingsOf(topic);
        // A topic refuses more partitions than a position can hold, whoever asks for them.
        Topic<?> sized = new Topic<>(topic.name(), topic.prototype(), names.partitionsOf(topic), topic.kept());
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
        Duration superseded = topic.kept().supersededFor();
        if (superseded != null) {
            // The segment that is written to is never compacted.
            configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(COMPACTED_SEGMENT_BYTES));
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(COMPACTED_WITHIN.toMillis()));
            configs.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, String.valueOf(superseded.toMillis()));
            configs.put(
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    String.valueOf(superseded.plus(COMPACTED_WITHIN).toMillis()));
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
