package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Makes the consumer of one receiver, and knows for each batch in which generation of the group it was polled.
 *
 * <p>A transaction that moves a group's offsets must name that generation and no later one: then a batch whose
 * partitions have gone to another instance meanwhile is refused, and nothing is published twice. The receiver hands out
 * the records only, and its consumer may be asked on its own thread only; so each poll that returned records leaves its
 * generation in a queue, and batches leave the receiver in the order of their polls.
 */
final class GroupConsumerFactory extends ConsumerFactory {

    private final Queue<ConsumerGroupMetadata> generations = new ConcurrentLinkedQueue<>();

    /** The generation of the next batch; called once for each batch that the receiver emits. */
    ConsumerGroupMetadata nextGeneration() {
        return generations.remove();
    }

    @Override
    @SuppressWarnings("unchecked") // the options are those that this module makes, for byte arrays
    public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
        return (Consumer<K, V>) new GroupConsumer(options.consumerProperties());
    }

    private final class GroupConsumer extends KafkaConsumer<byte[], byte[]> {

        GroupConsumer(Map<String, Object> properties) {
            super(properties);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            if (!records.isEmpty()) {
                generations.add(groupMetadata());
            }
            return records;
        }

        /**
         * Reports success without asking the broker. The receiver wants to commit what was acknowledged, which the
         * transaction has committed before; doing it again, later, could move the group back.
         */
        @Override
        public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            callback.onComplete(offsets, null);
        }
    }
}
