package io.pricewire.eventstream;

import io.pricewire.eventstream.Processing.Poll;
import io.pricewire.eventstream.Processing.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;

/**
 * Reads topics as a member of a group, hands what it reads to a step, and publishes what that returns in one transaction with
 * the group's offsets: for whoever reads committed records only, each record is processed exactly once, whichever of the
 * group's instances dies when.
 *
 * <p>Building it does no I/O. It never fails: what goes wrong is logged, and it starts again with growing delays from
 * the offsets that were committed last.
 */
public final class Pipeline {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LOOKS_AHEAD_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(10);

    private final String group;
    private final String transactionalId;
    private final SubscribedTopics topics;
    private final Processing processing;
    private final KafkaClients clients;
    private final LazyAdmin admin;
    private final TopicNames names;
    private final Drain drain = new Drain();
    private final PipelineProgress progress = new PipelineProgress();

    Pipeline(
            String group,
            String transactionalId,
            SubscribedTopics topics,
            Processing processing,
            KafkaClients clients,
            LazyAdmin admin,
            TopicNames names) {
        this.group = group;
        this.transactionalId = transactionalId;
        this.topics = topics;
        this.processing = processing;
        this.clients = clients;
        this.admin = admin;
        this.names = names;
    }

    /**
     * Runs until {@link #stop}; emits the number of records of each transaction when it is committed, and 0 for what recurs.
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
                        clients.groupMember(group, processing.largestPoll()))
                .subscription(topics.pattern())
                .addRevokeListener(partitions -> consumers.giveUp())
                .maxDelayRebalance(processing.rebalanceDelay())
                .closeTimeout(CLOSE_TIMEOUT)
                .commitInterval(Duration.ZERO)
                .commitBatchSize(0);
        Flux<Poll> polls = KafkaReceiver.create(consumers, options)
                .receiveBatch(1)
                .map(records -> new Poll(records, consumers.nextGeneration()));
        return processing
                .of(polls, new Session(consumers, transactions, drain, progress))
                .mergeWith(lookAhead(consumers))
                .takeUntilOther(drain.drained());
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
}
