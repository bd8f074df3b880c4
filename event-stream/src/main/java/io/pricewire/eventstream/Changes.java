package io.pricewire.eventstream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What has changed by records that wait for their turn. Whoever adds and whoever takes may be two threads.
 *
 * <p>What waits belongs to a generation of the group. What the next generation finds is forgotten: no offset has moved past
 * it, and every partition is read again from what is committed, by whoever has it then.
 *
 * @param <K> what is said to have changed
 */
final class Changes<K> {

    private final int most;
    private Coalesced<K> waiting = new Coalesced<>();
    private @Nullable ConsumerGroupMetadata generation;
    private Sinks.Empty<Void> room = Sinks.empty();

    /** @param most with so many keys there is no more room */
    Changes(int most) {
        this.most = most;
    }

    /**
     * Adds what one poll of this generation brought.
     *
     * @return completes when there is room for more
     */
    synchronized Mono<Void> add(Coalesced<K> polled, ConsumerGroupMetadata current) {
        if (!current.equals(generation)) {
            waiting = new Coalesced<>();
            generation = current;
        }
        waiting.add(polled);
        return waiting.keys.size() < most ? Mono.empty() : room.asMono();
    }

    /** Takes all that was polled in this generation, and makes room; nothing where that was in another one. */
    Coalesced<K> take(ConsumerGroupMetadata current) {
        Coalesced<K> taken = new Coalesced<>();
        Sinks.Empty<Void> awaited;
        synchronized (this) {
            if (current.equals(generation)) {
                taken = waiting;
                waiting = new Coalesced<>();
            }
            awaited = room;
            room = Sinks.empty();
        }
        awaited.tryEmitEmpty();
        return taken;
    }

    /**
     * Polls as one: each key once, however many records name it, and where the group is to stand after them.
     *
     * @param <K> what is said to have changed
     */
    static final class Coalesced<K> {

        private final Map<K, Integer> keys = new HashMap<>();
        private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        private int polls;
        private int records;

        private Coalesced() {}

        /**
         * One poll.
         *
         * @param keys with the partition of each
         */
        static <K> Coalesced<K> of(Map<K, Integer> keys, Map<TopicPartition, OffsetAndMetadata> offsets, int records) {
            Coalesced<K> one = new Coalesced<>();
            one.keys.putAll(keys);
            one.offsets.putAll(offsets);
            one.polls = 1;
            one.records = records;
            return one;
        }

        /** With the partition of each. */
        Map<K, Integer> keys() {
            return keys;
        }

        Map<TopicPartition, OffsetAndMetadata> offsets() {
            return offsets;
        }

        int polls() {
            return polls;
        }

        int records() {
            return records;
        }

        private void add(Coalesced<K> later) {
            keys.putAll(later.keys);
            offsets.putAll(later.offsets);
            polls += later.polls;
            records += later.records;
        }
    }
}
