package io.pricewire.query.stream;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.StreamPosition;
import io.pricewire.eventstream.TopicLog;
import io.pricewire.eventstream.Undecodable;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Price;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one reader of normalized prices in this instance. It keeps the latest prices and the ring of recent events, and
 * tells the clients' loops when there is something new.
 *
 * <p>To begin with it takes the end of the normalized prices, reads the latest prices to their end, takes the end again,
 * and is ready once it has read up to there: from then on its latest prices lack nothing that was published before.
 */
public final class PriceFeed {

    private static final Logger log = LoggerFactory.getLogger(PriceFeed.class);

    private final EventStream stream;
    private final LatestPrices latest;
    private final int ringSize;
    private final ClientLoops loops;
    private volatile @Nullable Ring ring;

    PriceFeed(EventStream stream, LatestPrices latest, int ringSize, ClientLoops loops) {
        this.stream = stream;
        this.latest = latest;
        this.ringSize = ringSize;
        this.loops = loops;
    }

    /** Reads for ever. */
    Mono<Void> run() {
        TopicLog normalized = stream.log(Topics.PRICES_NORMALIZED);
        return stream.createTopics(List.of(Topics.PRICES_NORMALIZED, Topics.PRICES_LATEST))
                .then(Mono.defer(() -> catchUp(normalized)))
                .flatMapMany(start -> follow(normalized, start))
                .doOnError(failure -> loseTouch())
                .retryWhen(Restart.after(log, "the prices cannot be read"))
                .then();
    }

    /** The recent events; null while it is not ready. */
    @Nullable Ring ring() {
        return ring;
    }

    /** What a client starts with that connects now, to these recent events. */
    synchronized Joined join(Ring current, boolean withPrices) {
        return new Joined(withPrices ? latest.allLater() : List::of, current.head(), current.end());
    }

    /** Whoever looks at recent events would wait for ever for the next. */
    private void loseTouch() {
        ring = null;
        latest.loseTouch();
        loops.endAll();
    }

    private Mono<Start> catchUp(TopicLog normalized) {
        return normalized
                .end()
                .flatMap(before -> stream.log(Topics.PRICES_LATEST)
                        .toEnd()
                        .doOnNext(this::remember)
                        .then(Mono.zip(normalized.beginning(), normalized.end()))
                        .flatMap(bounds -> catchUp(normalized, before, bounds.getT1(), bounds.getT2())));
    }

    private Mono<Start> catchUp(
            TopicLog normalized, StreamPosition before, StreamPosition beginning, StreamPosition end) {
        StreamPosition from =
                end.back(ringSize / end.partitions()).earliest(before).furthest(beginning);
        Ring filled = new Ring(ringSize, from);
        return normalized
                .between(from, end)
                .doOnNext(received -> add(received, filled))
                .then(Mono.fromCallable(() -> {
                    filled.reached(end);
                    return new Start(filled, end);
                }));
    }

    private Flux<List<Received>> follow(TopicLog normalized, Start start) {
        ring = start.ring;
        latest.complete();
        log.info(
                "all prices are known and live ones are followed prices={}",
                latest.all().size());
        return normalized.follow(start.position).doOnNext(chunk -> {
            addAll(chunk, start.ring);
            loops.wakeAll();
        });
    }

    private synchronized void addAll(List<Received> chunk, Ring to) {
        chunk.forEach(received -> add(received, to));
    }

    private void add(Received received, Ring to) {
        StreamPosition after = to.end().after(received.partition(), received.offset());
        KnownPrice price = remember(received);
        if (price == null) {
            to.reached(after);
        } else {
            to.add(new RecentEvent(price, received.partition(), received.offset(), after));
        }
    }

    /** Null where the record is no price, which is for whoever wrote it to explain. */
    private @Nullable KnownPrice remember(Received received) {
        try {
            return switch (received.decode(Topics.PRICES_NORMALIZED)) {
                case Event<Price> event -> latest.put(event.value(), received.publishedAt());
                case Undecodable<Price> undecodable -> leaveOut(received, undecodable.reason());
            };
        } catch (RuntimeException brokenContract) {
            return leaveOut(received, brokenContract.toString());
        }
    }

    private static @Nullable KnownPrice leaveOut(Received received, String reason) {
        log.warn(
                "a record is no price and is left out topic={} partition={} offset={} reason={}",
                received.topic(),
                received.partition(),
                received.offset(),
                reason);
        return null;
    }

    /**
     * What a client that connects starts with; all of it is of one moment.
     *
     * @param prices the latest prices, sorted when they are taken
     * @param next the number of the first event that is not in those prices
     * @param position the position of those prices
     */
    record Joined(Supplier<List<KnownPrice>> prices, long next, StreamPosition position) {}

    private record Start(Ring ring, StreamPosition position) {}
}
