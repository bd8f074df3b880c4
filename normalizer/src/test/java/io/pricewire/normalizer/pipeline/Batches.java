package io.pricewire.normalizer.pipeline;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.identity.Aliases;
import io.pricewire.normalizer.identity.IdentitySettings;
import io.pricewire.normalizer.identity.StoredIdentity;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.Quarantine;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.normalizer.validation.ValidationSettings;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.DecideAlias;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.threeten.extra.MutableClock;

/** Batches for tests, in whose normalizers time passes as they say. */
final class Batches {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestDatabase database;
    private final MutableClock clock = MutableClock.of(Observed.TIME.plusSeconds(10), ZoneOffset.UTC);
    private final Meters meters = new Meters(registry);
    private long offset;

    /** An empty database for a test. */
    Batches(TestDatabase database) {
        this.database = database;
        database.execute(
                "truncate asset, asset_alias, asset_alias_decision, asset_platform, source_asset, price_latest, price_history, price_candle, price_reference,"
                        + " raw_observation, rejected_observation, ingest_run, ingest_checkpoint");
    }

    Instant now() {
        return clock.instant();
    }

    void pass(Duration duration) {
        clock.add(duration);
    }

    Normalization normalization() {
        return normalization(Duration.ofMinutes(1));
    }

    /** A normalizer that knows only what is stored, as after a start. */
    Normalization normalization(Duration futureTolerance) {
        Aliases aliases = new Aliases(
                database.client(),
                database.transaction(),
                new IdentitySettings(new BigDecimal("0.1"), BigDecimal.TEN),
                registry,
                clock);
        return new Normalization(
                new Rules(new ValidationSettings(futureTolerance, BigDecimal.valueOf(1_000)), clock),
                new Commands(aliases, new Quarantine(database.client()), clock),
                new StoredIdentity(aliases),
                new PriceStore(database.client(), true, new CandleSettings(true)),
                new Moves(database.client(), database.transaction()),
                meters,
                Traces.NONE,
                clock);
    }

    static List<Event<?>> apply(Normalization normalization, Received... records) {
        return normalization.apply(List.of(records)).blockOptional(PATIENCE).orElseThrow();
    }

    static List<Price> prices(List<Event<?>> events, Topic<Price> topic) {
        return events.stream()
                .filter(event -> event.topic().equals(topic))
                .map(event -> (Price) event.value())
                .toList();
    }

    static List<String> assetsOf(List<Event<?>> events) {
        return prices(events, Topics.PRICES_NORMALIZED).stream()
                .map(Price::getAssetId)
                .toList();
    }

    static NormalizerCommand decide(String source, String id, String assetId) {
        return NormalizerCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setRequestedBy("ann")
                .setDecideAlias(DecideAlias.newBuilder()
                        .setSource(source)
                        .setSourceAssetId(id)
                        .setAssetId(assetId))
                .build();
    }

    /** Something that has a name and a symbol of its own, unless it is bitcoin; the higher its price, the later it was fetched. */
    static PriceObserved.Builder observation(String source, String id, String price) {
        PriceObserved.Builder observed = Observed.bitcoin().setSource(source).setSourceAssetId(id);
        if (!id.contains("bitcoin")) {
            observed.setSymbol(id).setName("Named " + id);
        }
        observed.getFiguresBuilder().setPrice(Observed.decimal(price));
        return observed.setIngestedAt(Observed.timestamp(Observed.TIME.plusMillis(Long.parseLong(price))));
    }

    Received observed(String source, String id, String price) {
        return observed(observation(source, id, price));
    }

    Received observed(PriceObserved.Builder observed) {
        return record(Topics.PRICES_RAW.of(observed.getSource()), observed.build());
    }

    Received paprika(String price) {
        return observed("coinpaprika", "btc-bitcoin", price);
    }

    Received record(Topic<?> topic, Message value) {
        return Observed.received(topic, value, offset++);
    }
}
