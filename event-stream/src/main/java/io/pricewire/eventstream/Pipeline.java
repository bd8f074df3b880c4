package io.pricewire.eventstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * Reads topics as a member of a group, hands batches to a step, and publishes what it returns in one transaction with
 * the group's offsets: for whoever reads committed records only, each record is processed exactly once, whichever of the
 * group's instances dies when.
 *
 * <p>Building it does no I/O. It never fails: what goes wrong is logged, and it starts again with growing delays from
 * the offsets that were committed last.
 */
public final class Pipeline {

    /** A rebalance waits so long for the batch in flight; without that, the batch would be done twice and once in vain. */
    private static final Duration MAX_DELAY_REBALANCE = Duration.ofSeconds(20);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String group;
    private final String transactionalId;
    private final SubscribedTopics topics;
    private final int batchSize;
    private final PipelineStep step;
    private final KafkaClients clients;
    private final TopicNames names;
    private final Drain drain = new Drain();

    Pipeline(
            String group,
            String transactionalId,
            SubscribedTopics topics,
            int batchSize,
            PipelineStep step,
            KafkaClients clients,
            TopicNames names) {
        this.group = group;
        this.transactionalId = transactionalId;
        this.topics = topics;
        this.batchSize = batchSize;
        this.step = step;
        this.clients = clients;
        this.names = names;
    }

    /**
     * Runs until {@link #stop}; emits the number of records of each batch when the batch is committed. Cancelling it
     * leaves at once; the batch in flight comes again.
     */
    public Flux<Integer> run() {
        return Flux.usingWhen(Transactions.open(transactionalId, clients, names), this::consume, Transactions::close)
                .retryWhen(Restarts.until(drain.drained(), "the pipeline of group " + group));
    }

    /** Takes no further batch; {@link #run} completes when the one in flight is committed. */
    public void stop() {
        drain.begin();
    }

    private Flux<Integer> consume(Transactions transactions) {
        GroupConsumerFactory consumers = new GroupConsumerFactory();
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(
                        clients.groupMember(group, batchSize))
                .subscription(topics.pattern())
                .maxDelayRebalance(MAX_DELAY_REBALANCE)
                .closeTimeout(CLOSE_TIMEOUT)
                .commitInterval(Duration.ZERO)
                .commitBatchSize(0);
        return KafkaReceiver.create(consumers, options)
                .receiveBatch(1)
                .concatMap(batch -> process(batch, consumers.nextGeneration(), transactions), 0)
                .takeUntilOther(drain.drained());
    }

    private Mono<Integer> process(
            Flux<ReceiverRecord<byte[], byte[]>> batch, ConsumerGroupMetadata generation, Transactions transactions) {
        return drain.unlessBegun(batch.collectList().flatMap(records -> apply(records, generation, transactions)));
    }

    private Mono<Integer> apply(
            List<ReceiverRecord<byte[], byte[]>> records, ConsumerGroupMetadata generation, Transactions transactions) {
        return step.apply(records.stream()
                        .map(record -> EventRecords.toReceived(record, topics))
                        .toList())
                .flatMap(events -> transactions.commit(events, offsetsAfter(records), generation))
                .then(Mono.fromCallable(() -> acknowledge(records)));
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<ReceiverRecord<byte[], byte[]>> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ReceiverRecord<byte[], byte[]> record : records) {
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        return offsets;
    }

    /** Tells the receiver that a rebalance need not wait for these any longer. */
    private static int acknowledge(List<ReceiverRecord<byte[], byte[]>> records) {
        for (ReceiverRecord<byte[], byte[]> record : records) {
            record.receiverOffset().acknowledge();
        }
        return records.size();
    }
}
