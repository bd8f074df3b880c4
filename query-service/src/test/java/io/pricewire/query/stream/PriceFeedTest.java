package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.StreamPosition;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.prices.Prices;
import io.pricewire.query.reference.KnownReference;
import io.pricewire.query.reference.LatestReferences;
import io.pricewire.query.reference.References;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A feed of reference prices on a real broker, with what is stored made up. */
class PriceFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventStream stream = new EventStream(EventStreamSettings.at(TestServers.kafka()));
    private final ClientLoops loops = new ClientLoops(1, Duration.ofSeconds(15));
    private final LatestReferences latest = new LatestReferences(new DecimalJson());
    private final Disposable.Swap running = Disposables.swap();

    @AfterEach
    void close() {
        running.dispose();
        loops.close();
        stream.close();
    }

    @Test
    void missesNothingThatIsPublishedWhileItReadsWhatIsStored() {
        PriceFeed<KnownReference> feed = feed(Clock.systemUTC(), () -> {
            latest.put(References.of("forgotten", "1").build());
            latest.put(References.of("meanwhile", "3").build());
            publish("meanwhile", "2");
        });

        Ring<KnownReference> ring = start(feed);

        assertThat(prices(feed.join(ring, true).prices().get()))
                .contains(References.json("forgotten", "1"), References.json("meanwhile", "2"));
        assertThat(LongStream.range(0, ring.head()).mapToObj(ring::get))
                .extracting(event -> event.price().assetId())
                .contains("meanwhile");
    }

    @Test
    void goesOnLiveAfterThat() {
        PriceFeed<KnownReference> feed = feed(Clock.systemUTC(), () -> {});
        Ring<KnownReference> ring = start(feed);
        long next = ring.head();

        publish("live", "1");

        await().atMost(PATIENCE).until(() -> ring.get(next) != null);
        assertThat(ring.get(next).price().assetId()).isEqualTo("live");
        assertThat(prices(feed.join(ring, true).prices().get())).contains(References.json("live", "1"));
    }

    @Test
    void takesNoPositionAfterWhichEventsMayHaveBeenCompactedAway() {
        publish("old", "1");
        StreamPosition before = stream.log(Topics.PRICES_REFERENCE).beginning().block(PATIENCE);
        publish("old", "2");

        Ring<KnownReference> now = start(feed(Clock.systemUTC(), () -> {}));
        assertThat(now.hasAllAfter(before)).isTrue();
        running.update(Disposables.disposed());
        Ring<KnownReference> tomorrow = start(feed(Clock.offset(Clock.systemUTC(), Duration.ofDays(1)), () -> {}));

        assertThat(tomorrow.hasAllAfter(before)).isFalse();
        assertThat(tomorrow.hasAllAfter(tomorrow.end())).isTrue();
    }

    private PriceFeed<KnownReference> feed(Clock clock, Runnable stored) {
        return new PriceFeed<>(stream, new Stored(stored), 1_000, loops, clock);
    }

    private Ring<KnownReference> start(PriceFeed<KnownReference> feed) {
        running.update(feed.run().subscribe());
        await().atMost(PATIENCE).until(() -> feed.ring() != null);
        return feed.ring();
    }

    private void publish(String asset, String price) {
        stream.createTopics(List.of(Topics.PRICES_REFERENCE)).block(PATIENCE);
        EventAttributes attributes =
                new EventAttributes(UUID.randomUUID().toString(), "/test", Prices.TIME, asset, null);
        EventPublisher publisher = stream.publisher("test", Subscription.to(Topics.PRICES_REFERENCE))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher
                .publish(List.of(new Event<>(
                        Topics.PRICES_REFERENCE,
                        asset + "|USD",
                        References.of(asset, price).build(),
                        attributes)))
                .block(PATIENCE);
        publisher.close().block(PATIENCE);
    }

    private static List<String> prices(List<KnownReference> known) {
        return known.stream()
                .map(price -> new String(price.json(Numbers.NUMBER, Prices.TIME), StandardCharsets.UTF_8))
                .toList();
    }

    /** Reads what a test puts into the latest prices. */
    private final class Stored extends Kind<ReferencePrice, KnownReference> {

        private final Runnable stored;

        Stored(Runnable stored) {
            super(Topics.PRICES_REFERENCE);
            this.stored = stored;
        }

        @Override
        List<Topic<?>> topics() {
            return List.of(Topics.PRICES_REFERENCE);
        }

        @Override
        Mono<Void> recall() {
            // It blocks, which the thread of the broker's answers must not.
            return Mono.<Void>fromRunnable(stored).subscribeOn(Schedulers.boundedElastic());
        }

        @Override
        KnownReference put(ReferencePrice message, Received received) {
            return latest.put(message);
        }

        @Override
        Supplier<List<KnownReference>> allLater() {
            List<KnownReference> all = latest.all();
            return () -> all;
        }
    }
}
