package io.pricewire.eventstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.ReceiverRecord;

/** Each poll is a batch: handed to a step, committed, and acknowledged before the next. */
record BatchProcessing(SubscribedTopics topics, int largestPoll, PipelineStep step) implements Processing {

    /** Without that, the batch in flight would be done twice and once in vain. */
    private static final Duration REBALANCE_DELAY = Duration.ofSeconds(20);

    @Override
    public Duration rebalanceDelay() {
        return REBALANCE_DELAY;
    }

    @Override
    public Flux<Integer> of(Flux<Poll> polls, Session session) {
        return polls.concatMap(
                poll -> session.drain()
                        .unlessBegun(poll.records()
                                .collectList()
                                .flatMap(records -> process(records, poll.generation(), session))),
                0);
    }

    private Mono<Integer> process(
            List<ReceiverRecord<byte[], byte[]>> records, ConsumerGroupMetadata generation, Session session) {
        Map<TopicPartition, OffsetAndMetadata> offsets = Processing.offsetsAfter(records);
        Mono<List<Event<?>>> events = step.apply(records.stream()
                .map(record -> EventRecords.toReceived(record, topics))
                .toList());
        return session.commit(events, offsets, generation, 1).then(Mono.fromCallable(() -> {
            records.forEach(record -> record.receiverOffset().acknowledge());
            return records.size();
        }));
    }
}
