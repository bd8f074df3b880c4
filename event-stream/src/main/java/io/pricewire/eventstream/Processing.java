package io.pricewire.eventstream;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.ReceiverRecord;

/** How a pipeline gets from what it polls to what it commits. */
interface Processing {

    /** The most records of one poll. */
    int largestPoll();

    /**
     * Processes what is polled, for as long as one consumer lives.
     *
     * @param polls in their order; the next is asked for only when the one before may be forgotten
     * @return the number of records of each transaction when it is committed, 0 for one without
     */
    Flux<Integer> of(Flux<Flux<ReceiverRecord<byte[], byte[]>>> polls, Session session);

    /**
     * What lives as long as one consumer.
     *
     * @param drain lets what is in flight end when the pipeline is stopped
     */
    record Session(GroupConsumerFactory consumers, Transactions transactions, Drain drain, PipelineProgress progress) {

        /** Publishes the events and moves the group's offsets, all of it or nothing. */
        Mono<Void> commit(
                List<Event<?>> events,
                Map<TopicPartition, OffsetAndMetadata> offsets,
                ConsumerGroupMetadata generation,
                int polls) {
            return transactions.commit(events, offsets, generation).then(Mono.fromRunnable(() -> {
                consumers.advance(offsets);
                progress.committed(polls);
            }));
        }

        /** Tells the receiver that a rebalance need not wait for these any longer. */
        void acknowledge(List<ReceiverRecord<byte[], byte[]>> records) {
            for (ReceiverRecord<byte[], byte[]> record : records) {
                record.receiverOffset().acknowledge();
            }
        }
    }
}
