package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.proto.Kept;
import io.pricewire.proto.Topic;
import io.pricewire.proto.v1.IngestRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicCreationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name = "created-" + UUID.randomUUID();

    @Test
    void createsATopicWithTheSettingsOfTheCatalogue() throws Exception {
        create(new Kept(false, Duration.ofDays(7)), TopicSettings.NONE);

        assertThat(partitions()).isEqualTo(6);
        assertConfig("cleanup.policy", "delete");
        assertConfig("retention.ms", "604800000");
    }

    @Test
    void compactsATopicOfWhichTheNewestIsKept() throws Exception {
        create(new Kept(true, null), TopicSettings.NONE);

        assertConfig("cleanup.policy", "compact");
        assertConfig("retention.ms", "-1");
        assertConfig("min.compaction.lag.ms", "0");
        assertConfig("max.compaction.lag.ms", "600000");
    }

    @Test
    void compactsAndDeletesATopicThatIsKeptBothWays() throws Exception {
        create(new Kept(true, Duration.ofDays(7)), TopicSettings.NONE);

        assertConfig("cleanup.policy", "compact,delete");
        assertConfig("retention.ms", "604800000");
        // A day, in which readers can go on where they were.
        assertConfig("min.compaction.lag.ms", "86400000");
    }

    @Test
    void prefersTheSettingsOfTheInstallation() throws Exception {
        create(new Kept(false, Duration.ofDays(7)), new TopicSettings(null, 3, Duration.ofDays(1)));

        assertThat(partitions()).isEqualTo(3);
        assertConfig("retention.ms", "86400000");
    }

    @Test
    void changesTheRetentionOfATopicThatIsThere() throws Exception {
        create(new Kept(false, Duration.ofDays(7)), TopicSettings.NONE);

        create(new Kept(false, Duration.ofDays(7)), new TopicSettings(null, null, Duration.ofDays(2)));

        assertConfig("retention.ms", "172800000");
    }

    @Test
    void addsNoPartitionsToATopicThatIsThere() throws Exception {
        create(new Kept(false, PATIENCE), new TopicSettings(null, 2, null));

        create(new Kept(false, PATIENCE), new TopicSettings(null, 3, null));

        assertThat(partitions()).isEqualTo(2);
    }

    @Test
    void refusesMorePartitionsThanAPositionCanHold() {
        assertThatThrownBy(() -> create(new Kept(false, PATIENCE), new TopicSettings(null, 25, null)))
                .hasMessageContaining("25 partitions: between 1 and 24 are possible");
    }

    private void create(Kept kept, TopicSettings settings) {
        Topic<IngestRun> topic = new Topic<>(name, IngestRun.getDefaultInstance(), 6, kept);
        try (EventStream events = new EventStream(
                new EventStreamSettings(TestServers.kafka(), Map.of(), (short) -1, Map.of(name, settings)))) {
            events.createTopics(List.of(topic)).block(PATIENCE);
        }
    }

    private int partitions() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(name)
                    .partitions()
                    .size();
        }
    }

    /** A broker answers that a setting is changed before it says so when it is asked. */
    private void assertConfig(String key, String value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(config(key)).as(key).isEqualTo(value));
    }

    private String config(String key) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try (Admin admin = admin()) {
            Config config = admin.describeConfigs(List.of(topic))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic);
            return config.get(key).value();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.kafka()));
    }
}
