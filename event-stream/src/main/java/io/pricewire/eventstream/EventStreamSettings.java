package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kafka is reached, and what the topics are called there.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties Kafka's own client settings, handed to every client as they are: {@code security.protocol},
 *     {@code sasl.jaas.config}, {@code ssl.truststore.location}
 * @param replicationFactor of topics that are created; -1 leaves it to the broker's default
 * @param topics settings of topics that differ from the catalogue's, by the topic's name with dashes for the points:
 *     {@code prices-normalized}, {@code prices-raw}
 */
@ConfigurationProperties("pricewire.kafka")
public record EventStreamSettings(
        @DefaultValue("localhost:9092") String bootstrapServers,
        Map<String, String> properties,
        @DefaultValue("-1") short replicationFactor,
        Map<String, TopicSettings> topics) {

    @SuppressWarnings("NullAway") // the binder hands over null for a map of which nothing is set
    public EventStreamSettings {
        if (!bootstrapServers.matches("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*")) {
            throw new IllegalArgumentException(
                    "KAFKA_BOOTSTRAP_SERVERS is \"%s\"; it takes host:port, several separated by commas"
                            .formatted(bootstrapServers));
        }
        if (replicationFactor < -1 || replicationFactor == 0) {
            throw new IllegalArgumentException(
                    "pricewire.kafka.replication-factor is %d; it takes -1 for the broker's default, or 1 and more"
                            .formatted(replicationFactor));
        }
        properties = properties == null ? Map.of() : Map.copyOf(properties);
        topics = topics == null ? Map.of() : Map.copyOf(topics);
    }

    /** The defaults, at these servers. */
    public static EventStreamSettings at(String bootstrapServers) {
        return new EventStreamSettings(bootstrapServers, Map.of(), (short) -1, Map.of());
    }

    /**
     * What an installation sets of a topic; null leaves the catalogue's value.
     *
     * @param name its name in Kafka; of a family of topics, what comes before the ingestor's name
     * @param partitions how many partitions it is created with
     * @param retention how long its records are kept, where it is not for ever
     */
    public record TopicSettings(
            @Nullable String name,
            @Nullable Integer partitions,
            @Nullable Duration retention) {

        static final TopicSettings NONE = new TopicSettings(null, null, null);

        public TopicSettings {
            if (name != null && !name.matches("[a-zA-Z0-9._-]{1,200}")) {
                throw new IllegalArgumentException(
                        "a topic's name is \"%s\"; it takes 1 to 200 letters, digits, points, dashes and underscores"
                                .formatted(name));
            }
            if (retention != null && (retention.isNegative() || retention.isZero())) {
                throw new IllegalArgumentException(
                        "a topic's retention is %s; it takes more than 0".formatted(retention));
            }
        }
    }
}
