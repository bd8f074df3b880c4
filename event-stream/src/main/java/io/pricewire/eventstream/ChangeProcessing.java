package io.pricewire.eventstream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.pricewire.eventstream.Changes.Coalesced;
import io.pricewire.proto.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * Of what is polled only the changes are kept, until it is their turn: then all that have come meanwhile are handed to a step
 * at once, and committed. In between it does what recurs.
 *
 * @param most while so many changes wait, nothing is polled
 * @param every how often it does what recurs
 */
record ChangeProcessing<V extends Message, K>(Topic<V> topic, int most, ChangeStep<V, K> step, Duration every)
        implements Processing {

    private static final Logger log = LoggerFactory.getLogger(ChangeProcessing.class);

    /** More would lie in memory whole before it is read for its changes. */
    private static final int LARGEST_POLL = 5_000;

    /** The larger it is, the fewer are the turns under load. */
    private static final int REST = 9;

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    @Override
    public int largestPoll() {
        return Math.min(most, LARGEST_POLL);
    }

    /** Nothing is acknowledged: the consumer itself waits for the turn that has begun, and forgets what waits for the next. */
    @Override
    public Duration rebalanceDelay() {
        return Duration.ZERO;
    }

    @Override
    public Flux<Integer> of(Flux<Poll> polls, Session session) {
        Changes<K> changes = new Changes<>(most);
        AtomicBoolean isDue = new AtomicBoolean();
        Flux<Boolean> added = polls.concatMap(poll -> add(poll, changes), 0);
        Flux<Boolean> ticks = Flux.interval(every).map(tick -> true).doOnNext(isDue::set);
        // Which signal it was makes no difference to a turn, so that of several waiting ones the last is enough.
        return Flux.merge(added, ticks).onBackpressureLatest().concatMap(signal -> turn(changes, isDue, session), 0);
    }

    /** Emits when they are added, and completes when there is room for more. */
    private Flux<Boolean> add(Poll poll, Changes<K> changes) {
        return poll.records().collectList().flatMapMany(records -> {
            Mono<Void> room = changes.add(coalesced(records), poll.generation());
            // The next poll is read on another thread than the turn's, which has made the room.
            return Mono.just(true)
                    .concatWith(room.publishOn(Schedulers.parallel()).then(Mono.empty()));
        });
    }

    private Coalesced<K> coalesced(List<ReceiverRecord<byte[], byte[]>> records) {
        Map<K, Integer> keys = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            K changed = changedBy(record);
            if (changed != null) {
                keys.put(changed, record.partition());
            }
        }
        return Coalesced.of(keys, Processing.offsetsAfter(records), records.size());
    }

    private @Nullable K changedBy(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return step.changedBy(topic.parse(UnsafeByteOperations.unsafeWrap(record.value())));
        } catch (InvalidProtocolBufferException e) {
            log.warn(
                    "a record is left out: it is no {} topic={} partition={} offset={} reason={}",
                    topic.eventType(),
                    topic.name(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
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

    private Mono<Integer> apply(Coalesced<K> taken, Membership member, Session session) {
        return taken.polls() == 0
                ? Mono.empty()
                : session.commit(step.apply(taken.keys()), taken.offsets(), member.generation(), taken.polls())
                        .then(Mono.defer(step::committed))
                        .thenReturn(taken.records());
    }

    private Mono<Integer> recur(Membership member, Session session) {
        return step.recur(member.partitions())
                .filter(events -> !events.isEmpty())
                .flatMap(events -> session.commit(Mono.just(events), member.offsets(), member.generation(), 0)
                        .then(Mono.defer(step::committed))
                        .thenReturn(0));
    }

    /** Emits as soon as the work is committed, and completes after the rest; at once where there was none. */
    static Flux<Integer> thenRest(Mono<Integer> work) {
        return work.timed()
                .flatMapMany(done -> Mono.just(done.get())
                        .concatWith(Mono.delay(restAfter(done.elapsed())).then(Mono.empty())));
    }

    static Duration restAfter(Duration work) {
        Duration rest = work.multipliedBy(REST);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }
}
