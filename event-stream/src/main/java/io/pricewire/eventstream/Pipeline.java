package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
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

    private static final Duration LOOKS_AHEAD_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(10);

    private final String group;
    private final String transactionalId;
    private final SubscribedTopics topics;
    private final int batchSize;
    private final PipelineStep step;
    private final @Nullable Recurrence recurrence;
    private final KafkaClients clients;
    private final LazyAdmin admin;
    private final TopicNames names;
    private final Drain drain = new Drain();
    private final PipelineProgress progress = new PipelineProgress();

    Pipeline(
            String group,
            String transactionalId,
            SubscribedTopics topics,
            int batchSize,
            PipelineStep step,
            @Nullable Recurrence recurrence,
            KafkaClients clients,
            LazyAdmin admin,
            TopicNames names) {
        this.group = group;
        this.transactionalId = transactionalId;
        this.topics = topics;
        this.batchSize = batchSize;
        this.step = step;
        this.recurrence = recurrence;
        this.clients = clients;
        this.admin = admin;
        this.names = names;
    }

    /**
     * Runs until {@link #stop}; emits the number of records of each batch when the batch is committed, and 0 for what recurs.
     * Cancelling it leaves at once; the batch in flight comes again.
     */
    public Flux<Integer> run() {
        return Flux.usingWhen(Transactions.open(transactionalId, clients, names), this::consume, Transactions::close)
                .doOnError(failure -> progress.restarted())
                .retryWhen(Restarts.until(drain.drained(), "the pipeline of group " + group));
    }

    /** How far it is behind. */
    public PipelineProgress progress() {
        return progress;
    }

    /** Takes no further batch; {@link #run} completes when the one in flight is committed. */
    public void stop() {
        drain.begin();
    }

    private Flux<Integer> consume(Transactions transactions) {
        progress.begins();
        GroupConsumerFactory consumers = new GroupConsumerFactory(progress);
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(
                        clients.groupMember(group, batchSize))
                .subscription(topics.pattern())
                .addRevokeListener(partitions -> consumers.giveUp())
                .maxDelayRebalance(MAX_DELAY_REBALANCE)
                .closeTimeout(CLOSE_TIMEOUT)
                .commitInterval(Duration.ZERO)
                .commitBatchSize(0);
        Flux<Flux<Integer>> batches = KafkaReceiver.create(consumers, options)
                .receiveBatch(1)
                .map(batch -> process(batch, consumers.nextGeneration(), consumers, transactions))
                .map(batch -> recurrence == null ? batch.flux() : recurrence.thenRest(batch));
        return withWhatRecurs(batches, consumers, transactions)
                .concatMap(Function.identity(), 0)
                .mergeWith(lookAhead(consumers))
                .takeUntilOther(drain.drained());
    }

    /** One after the other: what recurs sees all that the batches before it did. */
    private Flux<Flux<Integer>> withWhatRecurs(
            Flux<Flux<Integer>> batches, GroupConsumerFactory consumers, Transactions transactions) {
        if (recurrence == null) {
            return batches;
        }
        RecurringStep recurring = recurrence.step();
        return Flux.merge(
                1,
                batches,
                Flux.interval(recurrence.every())
                        .onBackpressureDrop()
                        .map(tick -> recur(recurring, consumers, transactions).flux()));
    }

    /** Notices what comes to partitions that are not fetched meanwhile; emits nothing. Where the broker is away it asks later. */
    private Mono<Integer> lookAhead(GroupConsumerFactory consumers) {
        return Flux.interval(LOOKS_AHEAD_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> ends(consumers.paused()), 1)
                .doOnNext(consumers::reach)
                .then(Mono.never());
    }

    private Mono<Map<TopicPartition, Long>> ends(Set<TopicPartition> partitions) {
        return partitions.isEmpty()
                ? Mono.empty()
                : admin.endsOf(partitions).timeout(LOOK_TIMEOUT).onErrorComplete();
    }

    private Mono<Integer> process(
            Flux<ReceiverRecord<byte[], byte[]>> batch,
            ConsumerGroupMetadata generation,
            GroupConsumerFactory consumers,
            Transactions transactions) {
        return drain.unlessBegun(
                batch.collectList().flatMap(records -> apply(records, generation, consumers, transactions)));
    }

    private Mono<Integer> apply(
            List<ReceiverRecord<byte[], byte[]>> records,
            ConsumerGroupMetadata generation,
            GroupConsumerFactory consumers,
            Transactions transactions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsetsAfter(records);
        return step.apply(records.stream()
                        .map(record -> EventRecords.toReceived(record, topics))
                        .toList())
                .flatMap(events -> transactions.commit(events, offsets, generation))
                .then(Mono.fromCallable(() -> acknowledge(records)))
                .doOnNext(count -> consumers.advance(offsets))
                .doOnNext(count -> progress.committed())
                .delayUntil(count ->
                        recurrence == null ? Mono.empty() : recurrence.step().committed());
    }

    private Mono<Integer> recur(RecurringStep recurring, GroupConsumerFactory consumers, Transactions transactions) {
        return drain.unlessBegun(consumers.asMember(member -> recurring
                .recur(member.partitions())
                .filter(events -> !events.isEmpty())
                .delayUntil(events -> transactions.commit(events, member.offsets(), member.generation()))
                .flatMap(events -> recurring.committed().thenReturn(0))));
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

    /**
     * What a pipeline does also when nothing comes.
     *
     * @param every how often
     */
    record Recurrence(RecurringStep step, Duration every) {

        /** The larger it is, the fewer and larger are the batches under load. */
        private static final int REST = 4;

        /** A rebalance waits for the batches that have been fetched, and so for the rest before each. */
        private static final Duration LONGEST_REST = Duration.ofSeconds(1);

        /** Emits as soon as the batch is committed, and completes after the rest. */
        Flux<Integer> thenRest(Mono<Integer> batch) {
            return batch.timed().flatMapMany(done -> Flux.concat(Mono.just(done.get()), rest(done.elapsed())));
        }

        Duration restAfter(Duration work) {
            return Collections.min(List.of(work.multipliedBy(REST), every, LONGEST_REST));
        }

        private Mono<Integer> rest(Duration work) {
            return Mono.delay(restAfter(work)).then(Mono.empty());
        }
    }
}
