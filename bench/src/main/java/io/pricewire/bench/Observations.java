package io.pricewire.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A stream of observations that is the same every time: five sources see the same coins in an order without a pattern,
 * each observation a millisecond after the one before.
 */
final class Observations {

    static final Topic<PriceObserved> TOPIC = Topics.PRICES_RAW.of("bench");

    private static final List<String> SOURCES = List.of("coingecko", "coinpaprika", "binance", "kraken", "csv-generic");
    private static final String RUN = EventId.of("bench");
    private static final long STALE_AFTER_SECONDS = 600;
    private static final Duration AGE = Duration.ofHours(1);

    /** Odd constants of SplitMix64, whose outputs look random. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long MIX = 0xBF58476D1CE4E5B9L;
    private static final int JITTER = 2_001;
    private static final int SCALE = 5;

    private final int assets;
    private final int months;
    private final Instant start;

    private Observations(int assets, int months, Instant start) {
        this.assets = assets;
        this.months = months;
        this.start = start;
    }

    /**
     * @param assets how many there are, each source's counted apart
     * @param months over how many monthly partitions of history they are spread
     * @param count how many are going to be asked for; the last is from an hour ago
     */
    static Observations of(int assets, int months, long count) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(AGE).minusMillis(count);
        return new Observations(assets, months, start);
    }

    int assets() {
        return assets;
    }

    Instant start() {
        return start;
    }

    List<String> sources() {
        return SOURCES;
    }

    /** Which asset the observation of this number is of. */
    int asset(long number) {
        return Math.floorMod(mixed(number), assets);
    }

    String source(int asset) {
        return SOURCES.get(asset % SOURCES.size());
    }

    String id(int asset) {
        return "coin-" + asset / SOURCES.size();
    }

    Instant observedAt(long number) {
        Instant time = start.plusMillis(number);
        return months == 1 ? time : time.minus(Duration.ofDays(31 * (number % months)));
    }

    /** Its number, where all are in one month. */
    long number(Instant observedAt) {
        return start.until(observedAt, ChronoUnit.MILLIS);
    }

    Event<PriceObserved> at(long number) {
        int asset = asset(number);
        BigDecimal price = price(asset, number);
        Instant observedAt = observedAt(number);
        String coin = id(asset).substring("coin-".length());
        PriceObserved message = PriceObserved.newBuilder()
                .setSource(source(asset))
                .setSourceAssetId(id(asset))
                .setSymbol("C" + coin)
                .setName("Example Coin " + coin)
                .setQuote("USD")
                .setInterval("tick")
                .setObservedAt(timestamp(observedAt))
                .setIngestedAt(timestamp(start.plusMillis(number + 1)))
                .setStaleAfter(com.google.protobuf.Duration.newBuilder().setSeconds(STALE_AFTER_SECONDS))
                .setOrigin(Origin.ORIGIN_LIVE)
                .setRunId(RUN)
                .setFigures(Figures.newBuilder()
                        .setPrice(decimal(price))
                        .setMarketCap(decimal(price.multiply(BigDecimal.valueOf(19_712_345))))
                        .setVolume24H(decimal(price.multiply(BigDecimal.valueOf(310_017)))))
                .setPayload(payload(id(asset), price, observedAt))
                .setPayloadType("application/json")
                .build();
        String eventId = EventId.of(source(asset), id(asset), String.valueOf(number));
        return new Event<>(
                TOPIC,
                message.getSourceAssetId(),
                message,
                new EventAttributes(
                        eventId, "/pricewire/ingestor/bench", observedAt, message.getSourceAssetId(), null));
    }

    private static long mixed(long number) {
        long mixed = number * GAMMA;
        mixed = (mixed ^ mixed >>> 29) * MIX;
        return mixed ^ mixed >>> 32;
    }

    /** Within one percent of the coin's own price, so that sources agree. */
    private static BigDecimal price(int asset, long number) {
        long level = (asset / SOURCES.size() + 1) * 73_019L;
        long jitter = Math.floorMod(mixed(number) >>> 20, (long) JITTER) - JITTER / 2;
        return BigDecimal.valueOf(level * 100_000 + level * jitter, SCALE + 2);
    }

    private static ByteString payload(String coin, BigDecimal price, Instant observedAt) {
        return ByteString.copyFrom("""
                {"id":"%s","current_price":%s,"market_cap_rank":1,"price_change_24h":null,"image":"https://example.org/%1$s.png",\
                "ath":null,"roi":null,"last_updated":"%s"}""".formatted(coin, price.toPlainString(), observedAt), StandardCharsets.UTF_8);
    }

    private static Decimal decimal(BigDecimal number) {
        return Decimal.newBuilder().setDigits(number.toPlainString()).build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
