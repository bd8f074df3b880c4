package io.pricewire.embedded.testing;

import io.pricewire.embedded.EmbeddedKafka;
import org.testcontainers.kafka.KafkaContainer;

/** A broker that stops with the JVM. */
record KafkaServer(String bootstrapServers) {

    static KafkaServer embedded() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
        return new KafkaServer(kafka.bootstrapServers());
    }

    static KafkaServer inContainer() {
        KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "2000");
        kafka.start();
        return new KafkaServer(kafka.getBootstrapServers());
    }
}
