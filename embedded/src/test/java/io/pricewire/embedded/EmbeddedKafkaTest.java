package io.pricewire.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    @Test
    void keepsItsTopicsWhenStartedAgainOnTheSameFolder(@TempDir Path folder) throws Exception {
        try (ReservedPort port = ReservedPort.any();
                EmbeddedKafka first = EmbeddedKafka.start(folder, port.number());
                Admin admin = admin(first)) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        try (ReservedPort port = ReservedPort.any();
                EmbeddedKafka second = EmbeddedKafka.start(folder, port.number());
                Admin admin = admin(second)) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).containsExactly("kept");
        }
    }

    @Test
    void createsNoTopicThatIsOnlyWrittenTo() {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 1000),
                        new StringSerializer(),
                        new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", "value"))
                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
