package io.pricewire.query.stream;

import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.StreamPosition;
import io.pricewire.eventstream.TopicLog;
import io.pricewire.proto.Topic;
import io.pricewire.query.json.Shown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one reader of a kind of prices in this instance. It keeps what is known of them and the ring of recent events, and
 * tells the clients' loops when there is something new.
 *
 * <p>To begin with it takes the end of the topic, recalls what was published before, takes the end again, and is ready once
 * it has read up to there: from then on it lacks nothing that was published before.
 *
 * @param <P> what is streamed
 */
final class PriceFeed<P extends Shown> {

    private static final Logger log = LoggerFactory.getLogger(PriceFeed.class);

    private final EventStream stream;
    private final Kind<?, P> kind;
    private final int ringSize;
    private final ClientLoops loops;
    private final Clock clock;
    private final Deliveries deliveries;
    private volatile @Nullable Ring<P> ring;

    PriceFeed(EventStream stream, Kind<?, P> kind, int ringSize, ClientLoops loops, Clock clock) {
        this.stream = stream;
        this.kind = kind;
        this.ringSize = ringSize;
        this.loops = loops;
        this.clock = clock;
        this.deliveries = new Deliveries(stream.traces(), clock);
    }

    /** Reads for ever. */
    Mono<Void> run() {
        TopicLog topic = stream.log(kind.topic());
        return stream.createTopics(kind.topics())
                .then(Mono.defer(() -> catchUp(topic)))
                .flatMapMany(start -> follow(topic, start))
                .doOnError(failure -> loseTouch())
                .retryWhen(Restart.after(log, "the prices cannot be read"))
                .then();
    }

    /** The topic whose events are streamed. */
    Topic<?> topic() {
        return kind.topic();
    }

    /** The recent events; null while it is not ready. */
    @Nullable Ring<P> ring() {
        return ring;
    }

    /** What a client starts with that connects now, to these recent events. */
    synchronized Joined<P> join(Ring<P> current, boolean withPrices) {
        return new Joined<>(withPrices ? kind.allLater() : List::of, current.head(), current.end());
    }

    /** Whoever looks at recent events would wait for ever for the next. */
    private void loseTouch() {
        Ring<P> abandoned = ring;
        ring = null;
        kind.loseTouch();
        if (abandoned != null) {
            abandoned.close();
            loops.wakeAll();
        }
    }

    private Mono<Start<P>> catchUp(TopicLog topic) {
        return topic.end()
                .flatMap(before -> kind.recall()
                        .then(beginning(topic).zipWhen(beginning -> topic.end()))
                        .flatMap(bounds -> catchUp(topic, before, bounds.getT1(), bounds.getT2())));
    }

    /** Since when nothing is missing: what was superseded goes earlier from a compacted topic. */
    private Mono<StreamPosition> beginning(TopicLog topic) {
        Duration superseded = kind.topic().kept().supersededFor();
        if (superseded == null) {
            return topic.beginning();
        }
        // Half of it, so that the broker's clock and this one's may differ.
        Instant whole = clock.instant().minus(superseded.dividedBy(2));
        return Mono.zip(topic.beginning(), topic.since(whole), StreamPosition::furthest);
    }

    private Mono<Start<P>> catchUp(
            TopicLog topic, StreamPosition before, StreamPosition beginning, StreamPosition end) {
        StreamPosition from =
                end.back(ringSize / end.partitions()).earliest(before).furthest(beginning);
        Ring<P> filled = new Ring<>(ringSize, from);
        return topic.between(from, end)
                .doOnNext(received -> add(received, filled, null))
                .then(Mono.fromCallable(() -> {
                    filled.reached(end);
                    return new Start<>(filled, end);
                }));
    }

    private Flux<List<Received>> follow(TopicLog topic, Start<P> start) {
        ring = start.ring;
        kind.complete();
        log.info(
                "all prices are known and live ones are followed topic={} prices={}",
                kind.topic().name(),
                kind.allLater().get().size());
        return topic.follow(start.position).doOnNext(chunk -> {
            addAll(chunk, start.ring);
            loops.wakeAll();
        });
    }

    private synchronized void addAll(List<Received> chunk, Ring<P> to) {
        chunk.forEach(received -> add(received, to, delivery(received)));
    }

    /** Null where nothing is recorded. */
    private @Nullable Delivery delivery(Received received) {
        String traceparent =
                received.attributes() == null ? null : received.attributes().traceparent();
        if (traceparent == null || !stream.traces().isRecorded(traceparent)) {
            return null;
        }
        return deliveries.of(traceparent);
    }

    private void add(Received received, Ring<P> to, @Nullable Delivery delivered) {
        StreamPosition after = to.end().after(received.partition(), received.offset());
        P price = kind.remember(received);
        if (price == null) {
            to.reached(after);
        } else {
            to.add(new RecentEvent<>(price, received.partition(), received.offset(), after, delivered));
        }
    }

    /**
     * What a client that connects starts with; all of it is of one moment.
     *
     * @param prices what is known, sorted when it is taken
     * @param next the number of the first event that is not in those prices
     * @param position the position of those prices
     */
    record Joined<P extends Shown>(Supplier<List<P>> prices, long next, StreamPosition position) {}

    private record Start<P extends Shown>(Ring<P> ring, StreamPosition position) {}
}
