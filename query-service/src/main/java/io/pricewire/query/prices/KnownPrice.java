package io.pricewire.query.prices;

import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.PlainDecimal;
import io.pricewire.query.json.Shown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A price that was published, with its JSON, which is made once and shared by everyone who asks. Immutable but for that.
 */
public final class KnownPrice implements Shown {

    /** Of two prices, the greater one is the newer. */
    public static final Comparator<KnownPrice> BY_AGE = Comparator.comparing(KnownPrice::observedAt)
            .thenComparing(KnownPrice::ingestedAt)
            .thenComparing(price -> price.message.getEventId())
            .thenComparing(price -> price.publishedAt);

    private final Price message;
    private final Instant publishedAt;
    private final PriceKey key;
    private final String symbolInCapitals;
    private final Instant observedAt;
    private final Instant ingestedAt;
    private final Instant staleAt;
    private final @Nullable BigDecimal price;
    private final @Nullable BigDecimal marketCap;
    private final @Nullable BigDecimal volume24h;
    private final @Nullable BigDecimal change24hPct;
    private final DecimalJson json;
    private volatile @Nullable Encoded numbers;
    private volatile @Nullable Encoded strings;

    /**
     * Knows this price.
     *
     * @param publishedAt when it was published; the same price is published again when it was decided to be of another asset
     * @throws RuntimeException where the message breaks its contract: a decimal or a time that is none
     */
    KnownPrice(Price message, Instant publishedAt, DecimalJson json) {
        this.message = message;
        this.publishedAt = publishedAt;
        this.key = PriceKey.of(message);
        this.symbolInCapitals = message.getSymbol().toUpperCase(Locale.ROOT);
        this.observedAt = instant(message.getObservedAt());
        this.ingestedAt = instant(message.getIngestedAt());
        this.staleAt = observedAt.plus(Duration.ofSeconds(
                message.getStaleAfter().getSeconds(), message.getStaleAfter().getNanos()));
        Figures figures = message.getFigures();
        this.price = decimal(figures.hasPrice(), figures.getPrice());
        this.marketCap = decimal(figures.hasMarketCap(), figures.getMarketCap());
        this.volume24h = decimal(figures.hasVolume24H(), figures.getVolume24H());
        this.change24hPct = decimal(figures.hasChange24HPct(), figures.getChange24HPct());
        this.json = json;
    }

    PriceKey key() {
        return key;
    }

    public String assetId() {
        return message.getAssetId();
    }

    public String symbol() {
        return message.getSymbol();
    }

    public String symbolInCapitals() {
        return symbolInCapitals;
    }

    public String name() {
        return message.getName();
    }

    public String source() {
        return message.getSource();
    }

    public String sourceAssetId() {
        return message.getSourceAssetId();
    }

    public String quote() {
        return message.getQuote();
    }

    /** {@code live}, {@code file}, {@code backfill} or {@code replay}. */
    public String origin() {
        return message.getOrigin().name().substring("ORIGIN_".length()).toLowerCase(Locale.ROOT);
    }

    public Instant observedAt() {
        return observedAt;
    }

    public Instant ingestedAt() {
        return ingestedAt;
    }

    public boolean isStale(Instant now) {
        return now.isAfter(staleAt);
    }

    public @Nullable BigDecimal price() {
        return price;
    }

    public @Nullable BigDecimal marketCap() {
        return marketCap;
    }

    public @Nullable BigDecimal volume24h() {
        return volume24h;
    }

    public @Nullable BigDecimal change24hPct() {
        return change24hPct;
    }

    @Override
    public byte[] json(Numbers form, Instant now) {
        boolean stale = isStale(now);
        Encoded known = form == Numbers.NUMBER ? numbers : strings;
        if (known == null || known.stale != stale) {
            known = new Encoded(stale, json.write(view(stale), form));
            if (form == Numbers.NUMBER) {
                numbers = known;
            } else {
                strings = known;
            }
        }
        return known.bytes;
    }

    /** As it is shown now. */
    public PriceView view(Instant now) {
        return view(isStale(now));
    }

    private PriceView view(boolean stale) {
        Figures figures = message.getFigures();
        return new PriceView(
                assetId(),
                symbol(),
                name(),
                source(),
                message.getSourceAssetId(),
                quote(),
                price,
                marketCap,
                volume24h,
                decimal(figures.hasBid(), figures.getBid()),
                decimal(figures.hasAsk(), figures.getAsk()),
                decimal(figures.hasHigh24H(), figures.getHigh24H()),
                decimal(figures.hasLow24H(), figures.getLow24H()),
                change24hPct,
                figures.hasRank() ? figures.getRank() : null,
                decimal(figures.hasCirculatingSupply(), figures.getCirculatingSupply()),
                observedAt,
                ingestedAt,
                stale,
                origin(),
                message.getInterval(),
                message.getObservedAtAssumed(),
                decimal(figures.hasTotalSupply(), figures.getTotalSupply()),
                decimal(figures.hasMaxSupply(), figures.getMaxSupply()),
                message.getEventId());
    }

    private static @Nullable BigDecimal decimal(boolean isKnown, Decimal decimal) {
        return isKnown ? PlainDecimal.read(decimal.getDigits()) : null;
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static final class Encoded {

        private final boolean stale;
        private final byte[] bytes;

        Encoded(boolean stale, byte[] bytes) {
            this.stale = stale;
            this.bytes = bytes;
        }
    }
}
