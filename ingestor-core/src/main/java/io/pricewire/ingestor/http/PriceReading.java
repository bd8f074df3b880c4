package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Decimals;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one record in one quote currency: its price, or everything that is wrong with it. The source says what
 * stands where; what the record does not have stays unknown.
 */
public final class PriceReading {

    /** A longer one tells nobody anything. */
    private static final int LONGEST_ID = 200;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final String source;
    private final JsonRecord json;
    private final String quote;
    private final String assetId;
    private final Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
    private final List<Refusal.Reason> reasons = new ArrayList<>();
    private String symbol = "";
    private String name = "";
    private Interval interval = Interval.TICK;
    private Instant observedAt;
    private boolean observedAtAssumed = true;

    /**
     * @param source the name under which the price is kept
     * @param assetId where the source's id of the asset stands
     * @param quote the currency
     * @param receivedAt when the answer had come, which counts where the record tells no time
     */
    public PriceReading(String source, JsonRecord json, String assetId, String quote, Instant receivedAt) {
        this(orEmpty(json.at(assetId)), source, json, quote, receivedAt);
    }

    private PriceReading(String assetId, String source, JsonRecord json, String quote, Instant receivedAt) {
        this.source = source;
        this.json = json;
        this.quote = quote;
        this.assetId = assetId;
        this.observedAt = receivedAt;
        if (!json.isUtf8()) {
            refuse("not_utf8", "the record is not encoded in UTF-8");
        }
        if (this.assetId.isBlank()) {
            refuse("asset_missing", "the record does not say which asset it is about");
        }
    }

    /**
     * A reading of a record that does not say itself which asset it is about.
     *
     * @param assetId the source's id of the asset
     */
    public static PriceReading about(String assetId, String source, JsonRecord json, String quote, Instant receivedAt) {
        return new PriceReading(assetId, source, json, quote, receivedAt);
    }

    /** Says what the asset's symbol is. */
    public PriceReading symbol(String text) {
        this.symbol = text;
        return this;
    }

    /** Says where the asset's symbol and name stand. */
    public PriceReading called(String symbolPlace, String namePlace) {
        this.symbol = orEmpty(json.at(symbolPlace));
        this.name = orEmpty(json.at(namePlace));
        return this;
    }

    /** Says where the time stands at which the source saw it, in the form of ISO 8601. */
    public PriceReading observedAt(String place) {
        return observedAt(time(json.at(place)));
    }

    /** Says where the time stands, in milliseconds since 1970. */
    public PriceReading observedAtMilliseconds(String place) {
        String digits = json.at(place);
        return digits != null && digits.matches("\\d{1,14}")
                ? observedAt(Instant.ofEpochMilli(Long.parseLong(digits)))
                : this;
    }

    /** A record of the past that does not tell its time is refused. */
    public PriceReading timed() {
        if (observedAtAssumed) {
            refuse("time_missing", "the record does not say when that was");
        }
        return this;
    }

    /**
     * Says that the record is a bar, and where the times of its first and its last instant stand. One that is not over is
     * refused: its figures are not yet what they will be.
     */
    public PriceReading bar(Interval length, String opensAt, String closesAt) {
        this.interval = length;
        Instant open = time(json.at(opensAt));
        Instant close = time(json.at(closesAt));
        if (open != null && close != null && !isWhole(length, open, close)) {
            refuse(
                    "bar_not_whole",
                    "the bar is from %s to %s; it takes one of %s".formatted(open, close, length.code()));
        }
        return observedAt(open == null ? null : close).timed();
    }

    /** What the last instant of a bar is differs by a second, or less. */
    private static boolean isWhole(Interval length, Instant open, Instant close) {
        Duration missing = length.length().minus(Duration.between(open, close));
        return missing.abs().compareTo(Duration.ofSeconds(1)) <= 0;
    }

    private PriceReading observedAt(@Nullable Instant time) {
        if (time != null) {
            this.observedAt = time;
            this.observedAtAssumed = false;
        }
        return this;
    }

    /** Says where the price stands; a record without one is refused. */
    public PriceReading price(String place) {
        figure(Figure.PRICE, place);
        if (known(place) == null) {
            refuse("price_missing", "the record has no price in " + quote);
        }
        return this;
    }

    /** Says where a figure stands. */
    public PriceReading figure(Figure figure, String place) {
        String digits = known(place);
        if (digits != null) {
            try {
                figures.put(figure, Decimals.parse(digits));
            } catch (NumberFormatException e) {
                refuse("not_a_number", "%s: %s".formatted(figure.name().toLowerCase(Locale.ROOT), e.getMessage()));
            }
        }
        return this;
    }

    /** Says where the position by market cap stands; 0 is how sources write that there is none. */
    public PriceReading rank(String place) {
        figure(Figure.RANK, place);
        BigDecimal rank = figures.remove(Figure.RANK);
        if (rank != null && rank.signum() != 0) {
            try {
                figures.put(Figure.RANK, BigDecimal.valueOf(rank.intValueExact()));
            } catch (ArithmeticException e) {
                refuse("not_a_number", "rank: \"%s\" is not a whole number".formatted(known(place)));
            }
        }
        return this;
    }

    boolean isRefused() {
        return !reasons.isEmpty();
    }

    List<Refusal.Reason> reasons() {
        return reasons;
    }

    ObservedPrice toPrice() {
        return new ObservedPrice(
                source,
                assetId,
                symbol,
                name,
                quote,
                interval,
                observedAt,
                observedAtAssumed,
                figures,
                json.text(),
                "application/json");
    }

    String quote() {
        return quote;
    }

    /**
     * A refusal of the record.
     *
     * @param text what is kept of it
     * @param context what it takes to read that again; empty where that cannot be done
     */
    Refusal toRefusal(String text, String context, List<Refusal.Reason> all) {
        return new Refusal(source, assetId.length() > LONGEST_ID ? "" : assetId, text, 0, context, all);
    }

    private void refuse(String code, String detail) {
        reasons.add(new Refusal.Reason(code, detail));
    }

    private @Nullable String known(String place) {
        String value = json.at(place);
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text.strip()).toInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
