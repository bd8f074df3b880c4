package io.pricewire.eventstream;

import static java.util.Objects.requireNonNull;

import io.pricewire.proto.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;

/**
 * Reads one topic by position, as a member of no group. Sees committed records only.
 */
public final class TopicLog {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Topic<?> topic;
    private final String nameInKafka;
    private final SubscribedTopics topics;
    private final KafkaClients clients;
    private final LazyAdmin admin;

    TopicLog(Topic<?> topic, TopicNames names, KafkaClients clients, LazyAdmin admin) {
        this.topic = topic;
        this.nameInKafka = names.inKafka(topic);
        this.topics = SubscribedTopics.of(topic, names);
        this.clients = clients;
        this.admin = admin;
    }

    /** Where the oldest record is that is still kept. */
    public Mono<StreamPosition> beginning() {
        return position(OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED);
    }

    /** Before the first record of the oldest transaction that is still open; else where the next record will be. */
    public Mono<StreamPosition> end() {
        return position(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** Where the first record is that was published at this time or later; the end where there is none. */
    public Mono<StreamPosition> since(Instant time) {
        // The end first: else what is published in between would lie before it.
        return end().flatMap(
                        end -> position(OffsetSpec.forTimestamp(time.toEpochMilli()), IsolationLevel.READ_COMMITTED)
                                .map(found -> found.orElse(end)));
    }

    /**
     * All that is kept from one position to the other, in the order of each partition; completes there. Fails with a
     * {@link TimeoutException} where nothing comes for 30 seconds.
     */
    public Flux<Received> between(StreamPosition from, StreamPosition to) {
        return Flux.<List<Received>, UpTo>generate(() -> new UpTo(to, consumerAt(from)), UpTo::next, UpTo::close)
                // Else a subscriber that leaves could close the consumer while it polls on another thread.
                .hide()
                .flatMapIterable(Function.identity(), 1)
                .subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * All that is kept up to the end as it is when this is subscribed to. What others have written by then, and not yet
     * committed, is waited for: what was committed after it would else be left out.
     */
    public Flux<Received> toEnd() {
        return Mono.zip(beginning(), position(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED))
                .flatMapMany(bounds -> between(bounds.getT1(), bounds.getT2()));
    }

    /**
     * What is published from this position on, in chunks as they arrive; without end. Where Kafka is away it waits, and
     * goes on after the last chunk.
     */
    public Flux<List<Received>> follow(StreamPosition from) {
        Progress progress = new Progress(from);
        return Flux.defer(() -> receiveFrom(progress.position))
                .doOnNext(progress::advance)
                .retryWhen(Restarts.until(Mono.never(), "the reader of " + nameInKafka));
    }

    private Flux<List<Received>> receiveFrom(StreamPosition from) {
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(clients.reader())
                .assignment(partitions(from.partitions()))
                .addAssignListener(assigned -> assigned.forEach(partition -> seek(partition, from)))
                .maxDelayRebalance(Duration.ZERO)
                .commitInterval(Duration.ZERO)
                .closeTimeout(CLOSE_TIMEOUT);
        return KafkaReceiver.create(options)
                .receiveBatch(1)
                .concatMap(
                        batch -> batch.<Received>map(record -> EventRecords.toReceived(record, topics))
                                .collectList(),
                        1);
    }

    private static void seek(ReceiverPartition partition, StreamPosition from) {
        partition.seek(from.offset(partition.topicPartition().partition()));
    }

    private Mono<StreamPosition> position(OffsetSpec spec, IsolationLevel isolation) {
        return describe().flatMap(description -> {
            List<TopicPartition> partitions =
                    partitions(description.partitions().size());
            Map<TopicPartition, OffsetSpec> question =
                    partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
            return admin.ask(client -> client.listOffsets(question, new ListOffsetsOptions(isolation))
                            .all())
                    .map(answer -> StreamPosition.of(
                            topic,
                            description.topicId(),
                            partitions.stream()
                                    .mapToLong(partition -> requireNonNull(answer.get(partition))
                                            .offset())
                                    .toArray()));
        });
    }

    private Mono<TopicDescription> describe() {
        return admin.ask(client -> client.describeTopics(List.of(nameInKafka)).allTopicNames())
                .map(answer -> requireNonNull(answer.get(nameInKafka)));
    }

    private List<TopicPartition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(nameInKafka, partition))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumerAt(StreamPosition from) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader());
        List<TopicPartition> partitions = partitions(from.partitions());
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, from.offset(partition.partition())));
        return consumer;
    }

    /** Where a reader has come to, so that it can start again there. */
    private static final class Progress {

        private StreamPosition position;

        Progress(StreamPosition position) {
            this.position = position;
        }

        void advance(List<Received> chunk) {
            for (Received record : chunk) {
                position = position.after(record.partition(), record.offset());
            }
        }
    }

    /** Polls until a position is reached, which may lie after records that are not committed and never seen. */
    private final class UpTo {

        private final StreamPosition end;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private long idleSince = System.nanoTime();

        UpTo(StreamPosition end, KafkaConsumer<byte[], byte[]> consumer) {
            this.end = end;
            this.consumer = consumer;
        }

        UpTo next(SynchronousSink<List<Received>> sink) {
            if (isReached()) {
                sink.complete();
                return this;
            }
            List<Received> wanted = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                if (record.offset() < end.offset(record.partition())) {
                    wanted.add(EventRecords.toReceived(record, topics));
                }
            }
            if (!wanted.isEmpty()) {
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince > PATIENCE.toNanos()) {
                sink.error(new TimeoutException("nothing came from %s for %s".formatted(nameInKafka, PATIENCE)));
                return this;
            }
            sink.next(wanted);
            return this;
        }

        void close() {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }

        private boolean isReached() {
            return consumer.assignment().stream()
                    .allMatch(partition -> consumer.position(partition) >= end.offset(partition.partition()));
        }
    }
}
