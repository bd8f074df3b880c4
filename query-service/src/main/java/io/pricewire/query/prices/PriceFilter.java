package io.pricewire.query.prices;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which prices are asked for. Everything that is not given matches. */
final class PriceFilter {

    private static final Parameter<String> Q =
            Parameter.text("q", "Only of assets whose symbol, name or id contains this, in upper or lower case.");
    private static final Parameter<BigDecimal> MIN_MARKET_CAP =
            Parameter.decimal("min_market_cap", "Only of assets with at least this market cap.");
    private static final Parameter<Instant> UPDATED_SINCE =
            Parameter.time("updated_since", "Only prices that were fetched at this time or later.");
    private static final Parameter<Boolean> STALE =
            Parameter.flag("stale", "Only prices that are stale (true), or that are not (false).");

    static final Parameters PARAMETERS =
            WantedPrices.PARAMETERS.and(Parameters.of(Q, MIN_MARKET_CAP, UPDATED_SINCE, STALE));

    private final WantedPrices wanted;
    private final @Nullable String text;
    private final @Nullable BigDecimal minMarketCap;
    private final @Nullable Instant updatedSince;
    private final @Nullable Boolean stale;
    private final Instant now;
    private final boolean matchesAll;

    PriceFilter(Arguments arguments, Instant now) {
        this.wanted = new WantedPrices(arguments);
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
        return wanted.matches(price)
                && containsText(price)
                && isLargeEnough(price)
                && (updatedSince == null || !price.ingestedAt().isBefore(updatedSince))
                && (stale == null || stale == price.isStale(now));
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
