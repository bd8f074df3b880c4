package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Decimals;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is read of one row: its price, or everything that is wrong with it. Filled in by a dialect, then asked. */
final class Row {

    /** What files write where they know nothing. */
    private static final Set<String> UNKNOWN = Set.of("", "null", "nan", "-", "n/a", "na");

    private final RecordText text;
    private final String context;
    private final Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
    private final List<Refusal.Reason> reasons = new ArrayList<>();
    private String source;
    private String assetId = "";
    private String symbol = "";
    private String name = "";
    private String quote = "";
    private Interval interval = Interval.TICK;
    private Instant observedAt = Instant.EPOCH;
    private boolean observedAtAssumed;
    private @Nullable Instant ingestedAt;

    /** @param context what it takes to read the text again; empty where that cannot be done */
    Row(String source, RecordText text, String context) {
        this.source = source;
        this.text = text;
        this.context = context;
    }

    /** Takes another name to keep the price under than the one of its file. */
    void source(String name) {
        this.source = name;
    }

    void asset(@Nullable String id, @Nullable String symbol, @Nullable String name) {
        this.assetId = orEmpty(id);
        this.symbol = orEmpty(symbol);
        this.name = orEmpty(name);
        if (assetId.isEmpty()) {
            refuse("asset_missing", "the row does not say which asset it is about");
        }
    }

    void quote(String currency) {
        this.quote = currency;
    }

    void observed(Interval described, Instant time, boolean assumed) {
        this.interval = described;
        this.observedAt = time;
        this.observedAtAssumed = assumed;
    }

    /** When it was fetched; without, it is fetched as it is read. */
    void ingested(Instant time) {
        this.ingestedAt = time;
    }

    /** Takes the number in the cell, if there is one. */
    void figure(Figure figure, @Nullable String cell) {
        String digits = known(cell);
        if (digits == null) {
            return;
        }
        try {
            figures.put(figure, Decimals.parse(digits));
        } catch (NumberFormatException e) {
            refuse("not_a_number", "%s: %s".formatted(figure.name().toLowerCase(Locale.ROOT), e.getMessage()));
        }
    }

    /** Takes the position in the cell, if there is one; a whole number. */
    void rank(@Nullable String cell) {
        String digits = known(cell);
        if (digits == null || digits.matches("\\d{1,9}")) {
            figure(Figure.RANK, digits);
        } else {
            refuse("not_a_number", "rank: \"%s\" is not a whole number".formatted(digits));
        }
    }

    void refuse(String code, String detail) {
        reasons.add(new Refusal.Reason(code, detail));
    }

    boolean isRefused() {
        return !reasons.isEmpty();
    }

    ObservedPrice price() {
        return new ObservedPrice(
                source,
                assetId,
                symbol,
                name,
                quote,
                interval,
                observedAt,
                observedAtAssumed,
                ingestedAt,
                figures,
                text.text(),
                "text/csv");
    }

    Refusal refusal() {
        return new Refusal(source, assetId, text.text(), text.line(), context, reasons);
    }

    private static @Nullable String known(@Nullable String cell) {
        return cell == null || UNKNOWN.contains(cell.toLowerCase(Locale.ROOT)) ? null : cell;
    }

    private static String orEmpty(@Nullable String cell) {
        return cell == null ? "" : cell;
    }
}
