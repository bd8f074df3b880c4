package io.pricewire.eventstream;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.ReceiverRecord;

/** Each poll is a batch: handed to a step, and committed before the next. */
record BatchProcessing(SubscribedTopics topics, int largestPoll, PipelineStep step) implements Processing {

    @Override
    public Flux<Integer> of(Flux<Flux<ReceiverRecord<byte[], byte[]>>> polls, Session session) {
        return polls.map(poll -> process(poll, session.consumers().nextGeneration(), session))
                .concatMap(Function.identity(), 0);
    }

    private Mono<Integer> process(
            Flux<ReceiverRecord<byte[], byte[]>> poll, ConsumerGroupMetadata generation, Session session) {
        return session.drain().unlessBegun(poll.collectList().flatMap(records -> apply(records, generation, session)));
    }

    private Mono<Integer> apply(
            List<ReceiverRecord<byte[], byte[]>> records, ConsumerGroupMetadata generation, Session session) {
        Map<TopicPartition, OffsetAndMetadata> offsets = EventRecords.offsetsAfter(records);
        return step.apply(records.stream()
                        .map(record -> EventRecords.toReceived(record, topics))
                        .toList())
                .flatMap(events -> session.commit(events, offsets, generation, 1))
                .then(Mono.fromCallable(() -> {
                    session.acknowledge(records);
                    return records.size();
                }));
    }
}
