package io.pricewire.eventstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
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

    private static final Logger log = LoggerFactory.getLogger(GroupConsumerFactory.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<ConsumerGroupMetadata> generations = new ConcurrentLinkedQueue<>();
    private final Semaphore use = new Semaphore(1);
    private final PipelineProgress progress;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private volatile @Nullable Membership membership;
    private volatile Set<TopicPartition> paused = Set.of();

    /** @param progress is told what is fetched */
    GroupConsumerFactory(PipelineProgress progress) {
        this.progress = progress;
    }

    /** The generation of the next batch; called once for each batch that the receiver emits. */
    ConsumerGroupMetadata nextGeneration() {
        return generations.remove();
    }

    /** Takes note of what the group has committed. */
    void advance(Map<TopicPartition, OffsetAndMetadata> committed) {
        Membership current = membership;
        if (current != null) {
            current.advance(committed);
        }
    }

    /** The partitions that are not fetched for now, because what was fetched before waits. */
    Set<TopicPartition> paused() {
        return paused;
    }

    /** Takes note of up to where partitions can be read. */
    void reach(Map<TopicPartition, Long> current) {
        ends.putAll(current);
    }

    /**
     * Does some work as the group's member that the consumer is, which it remains until the work has ended; nothing where
     * it is none, or has no partitions, or works already. One work at a time.
     */
    <T> Mono<T> asMember(Function<Membership, Mono<T>> work) {
        return Mono.defer(() -> use.tryAcquire() ? begin(work) : Mono.empty());
    }

    private <T> Mono<T> begin(Function<Membership, Mono<T>> work) {
        Membership current = membership;
        if (current == null || current.partitions().isEmpty()) {
            use.release();
            return Mono.empty();
        }
        return Mono.defer(() -> work.apply(current)).doFinally(signal -> use.release());
    }

    /**
     * No work begins any longer, and what has begun is waited for: in the group's next generation it would be in vain.
     * Called by the consumer, on its own thread, before it tells the group that it has given up its partitions.
     */
    void giveUp() {
        membership = null;
        try {
            if (use.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                use.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            ConsumerGroupMetadata generation = groupMetadata();
            if (!records.isEmpty()) {
                generations.add(generation);
            }
            GroupConsumerFactory.this.paused = Set.copyOf(paused());
            Membership before = membership;
            Set<TopicPartition> assigned = assignment();
            if (before == null || !before.isOf(generation, assigned)) {
                progress.reassigned();
                membership = new Membership(generation, positionsBefore(records, assigned));
            }
            progress.polled(records, notFetched());
            return records;
        }

        /** Of a partition that it has not asked yet it does not know. */
        private long notFetched() {
            long records = 0;
            for (TopicPartition partition : assignment()) {
                OptionalLong atLastFetch = currentLag(partition);
                if (atLastFetch.isPresent()) {
                    records += Math.max(atLastFetch.getAsLong(), sincePaused(partition));
                }
            }
            return records;
        }

        /** What is to be read by now of a partition that is paused; 0 where that is not known without waiting. */
        private long sincePaused(TopicPartition partition) {
            Long end = paused.contains(partition) ? ends.get(partition) : null;
            try {
                return end == null ? 0 : end - position(partition, Duration.ZERO);
            } catch (TimeoutException e) {
                return 0;
            }
        }

        /** Where these records begin, and where the partitions stand that none came from. */
        private Map<TopicPartition, Long> positionsBefore(
                ConsumerRecords<byte[], byte[]> records, Set<TopicPartition> assigned) {
            Map<TopicPartition, Long> positions = new HashMap<>();
            for (TopicPartition partition : assigned) {
                List<ConsumerRecord<byte[], byte[]>> own = records.records(partition);
                positions.put(
                        partition,
                        own.isEmpty() ? positionOf(partition) : own.getFirst().offset());
            }
            return positions;
        }

        /** What was polled is lost to the receiver where it is woken here: that is to end the poll, which has ended. */
        private long positionOf(TopicPartition partition) {
            while (true) {
                try {
                    return position(partition);
                } catch (WakeupException asWasPolled) {
                    log.trace("woken after a poll", asWasPolled);
                }
            }
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
