package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * A producer that has fenced its predecessors before it is handed to a sender. The sender would do that when it is
 * built, on the thread that builds it, and would leave a producer and two threads behind each time that it fails.
 */
final class InitializedProducer extends KafkaProducer<byte[], byte[]> {

    private InitializedProducer(Map<String, Object> properties) {
        super(properties);
    }

    /** Blocks until the broker has answered. */
    static InitializedProducer create(Map<String, Object> properties) {
        InitializedProducer producer = new InitializedProducer(properties);
        try {
            producer.fencePredecessors();
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private void fencePredecessors() {
        super.initTransactions();
    }

    /** Does nothing: it has been done. */
    @Override
    public void initTransactions() {}
}
