package io.pricewire.eventstream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.pricewire.proto.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * Of what is polled only the changes are kept, until it is their turn: then all that have come meanwhile are handed to a step
 * at once, and committed. In between it does what recurs.
 *
 * @param most of so many changes at a time, and those of one poll more
 * @param every how often that is
 */
record ChangeProcessing<V extends Message, K>(Topic<V> topic, int most, RecurringStep<V, K> step, Duration every)
        implements Processing {

    private static final Logger log = LoggerFactory.getLogger(ChangeProcessing.class);

    private static final int LARGEST_POLL = 5_000;

    /** The larger it is, the fewer are the turns under load. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    @Override
    public int largestPoll() {
        return LARGEST_POLL;
    }

    @Override
    public Flux<Integer> of(Flux<Flux<ReceiverRecord<byte[], byte[]>>> polls, Session session) {
        Changes<K> changes = new Changes<>(most);
        AtomicBoolean isDue = new AtomicBoolean();
        Flux<Boolean> added = polls.map(poll -> add(poll, session.consumers().nextGeneration(), changes, session))
                .concatMap(Function.identity(), 0);
        Flux<Boolean> ticks = Flux.interval(every).map(tick -> true).doOnNext(isDue::set);
        return Flux.merge(added, ticks).onBackpressureLatest().concatMap(signal -> turn(changes, isDue, session), 0);
    }

    /** Emits when they are added, and completes when there is room for more. */
    private Flux<Boolean> add(
            Flux<ReceiverRecord<byte[], byte[]>> poll,
            ConsumerGroupMetadata generation,
            Changes<K> changes,
            Session session) {
        return poll.collectList().flatMapMany(records -> {
            Mono<Boolean> room =
                    changes.add(records, generation, this::changedBy).then(Mono.empty());
            session.acknowledge(records);
            return Mono.just(true).concatWith(room);
        });
    }

    private @Nullable K changedBy(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? null
                    : step.changedBy(topic.parse(UnsafeByteOperations.unsafeWrap(record.value())));
        } catch (InvalidProtocolBufferException e) {
            log.warn(
                    "{}-{}@{} is no {}, and is left out",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    topic.eventType(),
                    e);
            return null;
        }
    }

    private Flux<Integer> turn(Changes<K> changes, AtomicBoolean isDue, Session session) {
        Mono<Integer> changed = asMember(session, member -> apply(changes.take(member.generation()), member, session));
        Mono<Integer> recurring = asMember(session, member -> recur(member, session));
        return thenRest(changed).concatWith(Mono.defer(() -> isDue.getAndSet(false) ? recurring : Mono.empty()));
    }

    private static Mono<Integer> asMember(Session session, Function<Membership, Mono<Integer>> work) {
        return session.drain().unlessBegun(session.consumers().asMember(work));
    }

    private Mono<Integer> apply(Changes.Taken<K> taken, Membership member, Session session) {
        return taken.batches() == 0
                ? Mono.empty()
                : step.apply(taken.keys())
                        .flatMap(
                                events -> session.commit(events, taken.offsets(), member.generation(), taken.batches()))
                        .then(Mono.defer(step::committed))
                        .thenReturn(taken.records());
    }

    private Mono<Integer> recur(Membership member, Session session) {
        return step.recur(member.partitions())
                .filter(events -> !events.isEmpty())
                .delayUntil(events -> session.commit(events, member.offsets(), member.generation(), 0))
                .flatMap(events -> step.committed().thenReturn(0));
    }

    /** Emits as soon as the work is committed, and completes after the rest; at once where there was none. */
    Flux<Integer> thenRest(Mono<Integer> work) {
        return work.timed()
                .flatMapMany(done -> Mono.just(done.get())
                        .concatWith(Mono.delay(restAfter(done.elapsed())).then(Mono.empty())));
    }

    Duration restAfter(Duration work) {
        return Collections.min(List.of(work.multipliedBy(REST), every, LONGEST_REST));
    }
}
