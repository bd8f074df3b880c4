package io.pricewire.eventstream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Who an instance is in its group between two rebalances: its generation, its partitions, and how far it has come in
 * them. Committing these offsets once more moves nothing, and is refused to an instance of an earlier generation.
 */
final class Membership {

    private final ConsumerGroupMetadata generation;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new ConcurrentHashMap<>();

    /** @param positions where each partition is to be read on */
    Membership(ConsumerGroupMetadata generation, Map<TopicPartition, Long> positions) {
        this.generation = generation;
        positions.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
    }

    boolean isOf(ConsumerGroupMetadata current, Set<TopicPartition> assigned) {
        return generation.generationId() == current.generationId()
                && generation.memberId().equals(current.memberId())
                && offsets.keySet().equals(assigned);
    }

    ConsumerGroupMetadata generation() {
        return generation;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return new HashMap<>(offsets);
    }

    Set<Integer> partitions() {
        return offsets.keySet().stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Takes note of what is committed. Of partitions that are not its own it knows nothing. */
    void advance(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, offset) -> offsets.computeIfPresent(
                partition, (same, before) -> before.offset() < offset.offset() ? offset : before));
    }
}
