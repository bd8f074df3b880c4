package io.pricewire.query.stats;

import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.PriceView;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All assets in one quote currency, each with the price that was observed last. */
final class Market {

    private static final Comparator<KnownPrice> BY_CHANGE =
            Comparator.comparing(price -> Objects.requireNonNullElse(price.change24hPct(), BigDecimal.ZERO));

    private final Collection<KnownPrice> prices;

    Market(Collection<KnownPrice> all, String quote) {
        this.prices = all.stream()
                .filter(price -> price.quote().equals(quote))
                .collect(Collectors.toMap(
                        KnownPrice::assetId, Function.identity(), BinaryOperator.maxBy(KnownPrice.BY_AGE)))
                .values();
    }

    int size() {
        return prices.size();
    }

    /** The sum of what is known; null where nothing is. */
    @Nullable BigDecimal sum(Function<KnownPrice, @Nullable BigDecimal> value) {
        BigDecimal sum = null;
        for (KnownPrice price : prices) {
            BigDecimal known = value.apply(price);
            if (known != null) {
                sum = sum == null ? known : sum.add(known);
            }
        }
        return sum;
    }

    /** The mean price, to 34 digits; null where there is none. */
    @Nullable BigDecimal meanPrice() {
        BigDecimal sum = sum(KnownPrice::price);
        long known = prices.stream().filter(price -> price.price() != null).count();
        return sum == null ? null : sum.divide(BigDecimal.valueOf(known), MathContext.DECIMAL128);
    }

    /** Those that rose most, the most first. */
    List<PriceView> gainers(int most, Instant now) {
        return changed(1, BY_CHANGE.reversed(), most, now);
    }

    /** Those that fell most, the most first. */
    List<PriceView> losers(int most, Instant now) {
        return changed(-1, BY_CHANGE, most, now);
    }

    private List<PriceView> changed(int direction, Comparator<KnownPrice> order, int most, Instant now) {
        return prices.stream()
                .filter(price -> direction(price) == direction)
                .sorted(order.thenComparing(KnownPrice::assetId))
                .limit(most)
                .map(price -> price.view(now))
                .toList();
    }

    private static int direction(KnownPrice price) {
        BigDecimal change = price.change24hPct();
        return change == null ? 0 : change.signum();
    }
}
