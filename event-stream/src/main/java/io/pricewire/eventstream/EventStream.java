package io.pricewire.eventstream;

import com.google.protobuf.Message;
import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.proto.Topic;
import io.pricewire.proto.v1.TopicPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way to Kafka for everything else. Building it does no I/O, so that a broker that is away keeps no service from
 * starting. Thread-safe.
 */
public final class EventStream implements AutoCloseable {

    private final KafkaClients clients;
    private final TopicNames names;
    private final TopicCreation creation;
    private final LazyAdmin admin;
    private final Traces traces;

    public EventStream(EventStreamSettings settings) {
        this(settings, Traces.NONE);
    }

    public EventStream(EventStreamSettings settings, Traces traces) {
        this.traces = traces;
        this.clients = new KafkaClients(settings);
        this.names = new TopicNames(settings.topics());
        this.admin = new LazyAdmin(clients.admin());
        this.creation = new TopicCreation(clients, admin, names, settings.replicationFactor());
    }

    /** Creates the topics that are missing. Where the broker is away it tries again until it is there. */
    public Mono<Void> createTopics(Collection<? extends Topic<?>> topics) {
        return creation.create(topics).retryWhen(Restarts.until(Mono.never(), "creating topics"));
    }

    /**
     * Opens a publisher for these topics, which fences the one that held the id before.
     *
     * @param transactionalId the same for all instances of which only one may publish
     */
    public Mono<EventPublisher> publisher(String transactionalId, Subscription topics) {
        return Transactions.open(transactionalId, clients, names)
                .map(transactions -> new EventPublisher(transactions, new SubscribedTopics(topics, names)));
    }

    /**
     * A member of a group that processes topics exactly once.
     *
     * @param transactionalId different for each member that runs at the same time
     * @param batchSize the most records in one batch
     */
    public Pipeline pipeline(
            String group, String transactionalId, Subscription subscription, int batchSize, PipelineStep step) {
        SubscribedTopics topics = new SubscribedTopics(subscription, names);
        Processing processing = new BatchProcessing(topics, batchSize, step);
        return new Pipeline(group, transactionalId, topics, processing, clients, admin, names);
    }

    /**
     * A member of a group that does for a topic what its changes and time ask for, and publishes what comes of it exactly
     * once. After each turn it rests for nine times as long as the turn took, but for no longer than two seconds; what comes
     * meanwhile is one turn's work.
     *
     * @param transactionalId different for each member that runs at the same time
     * @param most while so many changes wait, no more are read
     * @param every how often {@link ChangeStep#recur} is called, as far as turns leave time for it
     */
    public <V extends Message, K> Pipeline pipeline(
            String group, String transactionalId, Topic<V> topic, int most, ChangeStep<V, K> step, Duration every) {
        Processing processing = new ChangeProcessing<>(topic, most, step, every);
        return new Pipeline(
                group, transactionalId, SubscribedTopics.of(topic, names), processing, clients, admin, names);
    }

    /**
     * Does the work while this instance is the group's leader, which is whoever is assigned the only partition of the
     * topic; the work is given the records of that topic that come meanwhile.
     *
     * <p>The work is cancelled when leadership is lost, and started anew when it is won again. Where it fails, the
     * instance steps down, waits, and stands again. Never completes.
     *
     * @throws IllegalArgumentException where the topic has more than one partition, and so could have several leaders
     */
    public Mono<Void> whileLeading(
            String group, Topic<?> topic, Function<Flux<Received>, ? extends Publisher<Void>> work) {
        int partitions = names.partitionsOf(topic);
        if (partitions != 1) {
            throw new IllegalArgumentException(
                    "the topic %s is set to have %d partitions; it takes 1, whose owner leads"
                            .formatted(topic.name(), partitions));
        }
        return new Leadership(group, SubscribedTopics.of(topic, names), clients).lead(work);
    }

    /** Reads a topic by position. */
    public TopicLog log(Topic<?> topic) {
        return new TopicLog(topic, names, clients, admin);
    }

    /** Whether the group has committed that it processed all that is before these positions. */
    public Mono<Boolean> hasPassed(String group, List<TopicPosition> positions) {
        return admin.ask(client -> client.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .map(committed -> positions.stream().allMatch(position -> isPassed(position, committed)));
    }

    /** Completes where a broker answers within the time that a client waits for one. */
    public Mono<Void> ping() {
        return admin.ask(client -> client.describeCluster().clusterId()).then();
    }

    /** The traces of what is read and published. */
    public Traces traces() {
        return traces;
    }

    @Override
    public void close() {
        admin.close();
    }

    private boolean isPassed(TopicPosition position, Map<TopicPartition, OffsetAndMetadata> committed) {
        OffsetAndMetadata offset =
                committed.get(new TopicPartition(names.inKafka(position.getTopic()), position.getPartition()));
        return offset != null && offset.offset() >= position.getOffset();
    }
}
