package io.pricewire.eventstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.ReceiverRecord;

/** How a pipeline gets from what it polls to what it commits. */
interface Processing {

    /** The most records of one poll. */
    int largestPoll();

    /** How long a rebalance waits for records to be acknowledged. */
    Duration rebalanceDelay();

    /**
     * Processes what is polled, for as long as one consumer lives.
     *
     * @param polls in their order; the next is asked for only when there is room for it
     * @return the number of records of each transaction when it is committed, 0 for one without
     */
    Flux<Integer> of(Flux<Poll> polls, Session session);

    /**
     * What one poll brought.
     *
     * @param generation of the group, in which it was polled
     */
    record Poll(Flux<ReceiverRecord<byte[], byte[]>> records, ConsumerGroupMetadata generation) {}

    /**
     * What a consumer's life has to do with.
     *
     * @param drain lets what is in flight end when the pipeline is stopped
     */
    record Session(GroupConsumerFactory consumers, Transactions transactions, Drain drain, PipelineProgress progress) {

        /**
         * Publishes the events and moves the group's offsets, all of it or nothing.
         *
         * @param events one list; with none at all it fails, as what is not said to be done must not be passed
         * @param polls how many are processed with it
         */
        Mono<Void> commit(
                Mono<List<Event<?>>> events,
                Map<TopicPartition, OffsetAndMetadata> offsets,
                ConsumerGroupMetadata generation,
                int polls) {
            return events.switchIfEmpty(
                            Mono.error(() -> new IllegalStateException("the step has ended without a list of events")))
                    .flatMap(list -> transactions.commit(list, offsets, generation))
                    .then(Mono.fromRunnable(() -> {
                        consumers.advance(offsets);
                        progress.committed(polls);
                    }));
        }
    }

    /** Where a group is to stand that has processed these, which are in the order of their partitions. */
    static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<? extends ConsumerRecord<?, ?>> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<?, ?> record = records.get(i);
            boolean isLast = i + 1 == records.size()
                    || records.get(i + 1).partition() != record.partition()
                    || !records.get(i + 1).topic().equals(record.topic());
            if (isLast) {
                offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
        }
        return offsets;
    }
}
