package io.pricewire.query.prices;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which prices are asked for. Everything that is not given matches. */
final class PriceFilter {

    private static final Parameter<Set<String>> ASSET = Parameter.list("asset", "Only of these assets, by their ids.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only of assets that bear one of these symbols.");
    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<String> Q =
            Parameter.text("q", "Only of assets whose symbol, name or id contains this, in upper or lower case.");
    private static final Parameter<BigDecimal> MIN_MARKET_CAP =
            Parameter.decimal("min_market_cap", "Only of assets with at least this market cap.");
    private static final Parameter<Instant> UPDATED_SINCE =
            Parameter.time("updated_since", "Only prices that were fetched at this time or later.");
    private static final Parameter<Boolean> STALE =
            Parameter.flag("stale", "Only prices that are stale (true), or that are not (false).");

    static final Parameters PARAMETERS =
            Parameters.of(ASSET, SYMBOL, SOURCE, QUOTE, Q, MIN_MARKET_CAP, UPDATED_SINCE, STALE);

    private final @Nullable Set<String> assets;
    private final @Nullable Set<String> symbols;
    private final @Nullable Set<String> sources;
    private final @Nullable Set<String> quotes;
    private final @Nullable String text;
    private final @Nullable BigDecimal minMarketCap;
    private final @Nullable Instant updatedSince;
    private final @Nullable Boolean stale;
    private final Instant now;
    private final boolean matchesAll;

    PriceFilter(Arguments arguments, Instant now) {
        this.assets = arguments.find(ASSET);
        this.symbols = arguments.find(SYMBOL);
        this.sources = arguments.find(SOURCE);
        this.quotes = arguments.find(QUOTE);
        String given = arguments.find(Q);
        this.text = given == null ? null : given.toLowerCase(Locale.ROOT);
        this.minMarketCap = arguments.find(MIN_MARKET_CAP);
        this.updatedSince = arguments.find(UPDATED_SINCE);
        this.stale = arguments.find(STALE);
        this.now = now;
        this.matchesAll = PARAMETERS.all().stream().noneMatch(arguments::has);
    }

    /** Whether it leaves nothing out. */
    boolean matchesAll() {
        return matchesAll;
    }

    boolean matches(KnownPrice price) {
        return isIn(assets, price.assetId())
                && isIn(symbols, price.symbol())
                && isIn(sources, price.source())
                && isIn(quotes, price.quote())
                && containsText(price)
                && isLargeEnough(price)
                && (updatedSince == null || !price.ingestedAt().isBefore(updatedSince))
                && (stale == null || stale == price.isStale(now));
    }

    private static boolean isIn(@Nullable Set<String> wanted, String value) {
        return wanted == null || wanted.contains(value);
    }

    private boolean containsText(KnownPrice price) {
        return text == null
                || contains(price.symbol())
                || contains(price.name())
                || contains(price.assetId())
                || contains(price.key().sourceAssetId());
    }

    private boolean contains(String value) {
        return value.toLowerCase(Locale.ROOT).contains(String.valueOf(text));
    }

    private boolean isLargeEnough(KnownPrice price) {
        if (minMarketCap == null) {
            return true;
        }
        BigDecimal marketCap = price.marketCap();
        return marketCap != null && marketCap.compareTo(minMarketCap) >= 0;
    }
}
