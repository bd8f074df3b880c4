package io.pricewire.normalizer.reference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.eventstream.Pipeline;
import io.pricewire.eventstream.Subscription;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.ReferencePrice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.threeten.extra.MutableClock;

/** Prices as the first pipeline leaves them, on a real broker and in a real database, and a clock that tests set. */
final class Market implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long every source vouches for a price. */
    static final Duration STALE_AFTER = Duration.ofMinutes(10);

    final TestDatabase database;
    final EventStream stream;
    final MutableClock clock;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final String name;
    private final ReferenceSettings settings = Quotations.settings(Map.of("interval", "50ms"));

    private Market(TestDatabase database, String kafka, String name, Instant now) {
        this.database = database;
        this.name = name;
        this.clock = MutableClock.of(now, ZoneOffset.UTC);
        this.stream = new EventStream(new EventStreamSettings(
                kafka,
                Map.of(),
                (short) -1,
                Map.of("prices-normalized", named("normalized"), "prices-reference", named("reference"))));
    }

    /** A new one. */
    static Market open() {
        Market market = new Market(
                new TestDatabase(), TestServers.kafka(), UUID.randomUUID().toString(), Quotations.TIME);
        market.stream
                .createTopics(List.of(Topics.PRICES_NORMALIZED, Topics.PRICES_REFERENCE))
                .block(PATIENCE);
        return market;
    }

    private TopicSettings named(String what) {
        return new TopicSettings(what + "-" + name, null, null);
    }

    ReferencePrices step() {
        return new ReferencePrices(settings, new CandleSettings(true), database.client(), registry, clock);
    }

    Pipeline pipeline(String id) {
        return stream.pipeline(
                "reference-" + name,
                id + "-" + name,
                Topics.PRICES_NORMALIZED,
                settings.batchSize(),
                step(),
                settings.interval());
    }

    /** What one source says of one asset now. */
    record Saying(String source, String asset, String price) {}

    static Saying says(String source, String asset, String price) {
        return new Saying(source, asset, price);
    }

    /** Stores these and publishes them, as the first pipeline does. */
    void observe(Saying... sayings) {
        observe(Origin.ORIGIN_LIVE, sayings);
    }

    void observe(Origin origin, Saying... sayings) {
        List<Event<?>> events = new ArrayList<>();
        for (Saying saying : sayings) {
            Price price = price(saying, origin);
            database.execute("""
            insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
              observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price, volume_24h)
            values ('%1$s', '%2$s', 'USD', '%2$s', 'S', 'N', 'tick', '%3$s', false, '%3$s', '%4$s', '%5$s', '%6$s',
              interval '10 minutes', %7$s, 1)
            on conflict (source, source_asset_id, quote) do update set (observed_at, event_id, origin, price) =
              (excluded.observed_at, excluded.event_id, excluded.origin, excluded.price)""".formatted(
                            saying.source,
                            saying.asset,
                            clock.instant(),
                            price.getEventId(),
                            Observed.RUN,
                            origin.name().substring("ORIGIN_".length()).toLowerCase(Locale.ROOT),
                            saying.price));
            events.add(event(price));
        }
        publish(events);
    }

    /** Tells of a price again that is stored, as is done when it has moved to another asset. */
    void tellAgain(String source, String asset, String price) {
        publish(List.of(event(price(new Saying(source, asset, price), Origin.ORIGIN_LIVE))));
    }

    void addAsset(String... assets) {
        for (String asset : assets) {
            database.execute("insert into asset values ('%s', 'S', 'N', now())".formatted(asset));
        }
    }

    private Price price(Saying saying, Origin origin) {
        Instant now = clock.instant();
        return Price.newBuilder()
                .setEventId(EventId.of(saying.source, saying.asset, saying.price, now.toString()))
                .setAssetId(saying.asset)
                .setSource(saying.source)
                .setSourceAssetId(saying.asset)
                .setQuote("USD")
                .setInterval("tick")
                .setObservedAt(Observed.timestamp(now))
                .setOrigin(origin)
                .setFigures(Figures.newBuilder().setPrice(Observed.decimal(saying.price)))
                .build();
    }

    private static Event<Price> event(Price price) {
        return new Event<>(
                Topics.PRICES_NORMALIZED,
                price.getAssetId(),
                price,
                new EventAttributes(price.getEventId(), "/test", Quotations.TIME, price.getAssetId(), null));
    }

    private void publish(List<Event<?>> events) {
        EventPublisher publisher = stream.publisher("publisher-" + name, Subscription.to(Topics.PRICES_NORMALIZED))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher.publish(events).block(PATIENCE);
        publisher.close().block(PATIENCE);
    }

    /** All that was published of an asset. */
    List<ReferencePrice> published(String asset) {
        return published().stream()
                .map(Event::value)
                .filter(price -> price.getAssetId().equals(asset))
                .toList();
    }

    /** Its prices and what else tells them apart: {@code 1000 OK}, {@code 1000 STALE}. */
    List<String> told(String asset) {
        return published(asset).stream()
                .map(price -> "%s %s%s"
                        .formatted(
                                price.getPrice().getDigits(),
                                price.getStatus().name().substring("REFERENCE_STATUS_".length()),
                                price.getUnconfirmed() ? " UNCONFIRMED" : ""))
                .toList();
    }

    /** All that was published. */
    List<Event<ReferencePrice>> published() {
        return stream.log(Topics.PRICES_REFERENCE)
                .toEnd()
                .map(received -> (Event<ReferencePrice>) received.decode(Topics.PRICES_REFERENCE))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** What is stored of an asset's reference price; empty where there is nothing. */
    Map<String, Object> stored(String asset) {
        List<Map<String, Object>> rows =
                database.query("select * from price_reference where asset_id = '%s'".formatted(asset));
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }

    /** The same one in another process, which runs an instance until it is killed. */
    Process instance(String id) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Instance.class.getName(),
                        database.url(),
                        TestServers.kafka(),
                        name,
                        clock.instant().toString(),
                        id)
                .inheritIO()
                .start();
    }

    @Override
    public void close() {
        stream.close();
        database.close();
    }

    static final class Instance {
        public static void main(String[] arguments) {
            List<String> given = List.of(arguments);
            try (Market market = new Market(
                    new TestDatabase(given.get(0)), given.get(1), given.get(2), Instant.parse(given.get(3)))) {
                market.pipeline(given.get(4)).run().blockLast();
            }
        }
    }
}
