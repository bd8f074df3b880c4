package io.pricewire.eventstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What has changed by records that wait for their turn: each key once, however many records name it, and where the group is
 * to stand after them. Whoever adds and whoever takes may be two threads.
 *
 * @param <K> the keys
 */
final class Changes<K> {

    private final int most;
    private Taken<K> waiting = Taken.nothing();
    private @Nullable ConsumerGroupMetadata generation;
    private Sinks.Empty<Void> room = Sinks.empty();

    /** @param most with so many keys there is no more room */
    Changes(int most) {
        this.most = most;
    }

    /**
     * Adds what one poll brought. What an earlier generation has not processed is forgotten: nobody has committed it, so it
     * is read again, by whoever has its partitions now.
     *
     * @param key of a record; null for none
     * @return completes when there is room for more
     */
    synchronized Mono<Void> add(
            List<? extends ConsumerRecord<byte[], byte[]>> polled,
            ConsumerGroupMetadata current,
            Function<ConsumerRecord<byte[], byte[]>, @Nullable K> key) {
        if (!current.equals(generation)) {
            waiting = Taken.after(waiting.batches);
            generation = current;
        }
        waiting.add(polled, key);
        return waiting.keys.size() < most ? Mono.empty() : room.asMono();
    }

    /** Takes all that was polled in this generation, and makes room; nothing where that was in another one. */
    Taken<K> take(ConsumerGroupMetadata current) {
        Taken<K> taken = Taken.nothing();
        Sinks.Empty<Void> awaited;
        synchronized (this) {
            if (current.equals(generation)) {
                taken = waiting;
                waiting = Taken.nothing();
            }
            awaited = room;
            room = Sinks.empty();
        }
        awaited.tryEmitEmpty();
        return taken;
    }

    /** What was taken. */
    static final class Taken<K> {

        private final Map<K, Integer> keys = new HashMap<>();
        private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        private int batches;
        private int records;

        private Taken(int batches) {
            this.batches = batches;
        }

        private static <K> Taken<K> nothing() {
            return new Taken<>(0);
        }

        private static <K> Taken<K> after(int forgotten) {
            return new Taken<>(forgotten);
        }

        /** The keys, and the partition of each. */
        Map<K, Integer> keys() {
            return keys;
        }

        /** Where the group is to stand afterwards. */
        Map<TopicPartition, OffsetAndMetadata> offsets() {
            return offsets;
        }

        /** How many batches were polled for it, with those that were forgotten. */
        int batches() {
            return batches;
        }

        int records() {
            return records;
        }

        private void add(
                List<? extends ConsumerRecord<byte[], byte[]>> polled,
                Function<ConsumerRecord<byte[], byte[]>, @Nullable K> key) {
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                K changed = key.apply(record);
                if (changed != null) {
                    keys.put(changed, record.partition());
                }
            }
            offsets.putAll(EventRecords.offsetsAfter(polled));
            batches++;
            records += polled.size();
        }
    }
}
