package io.pricewire.query.prices;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order of prices: by one value, unknown ones last, and then by key, so that no two prices are equal in it and each
 * has a place that can be written down.
 *
 * @param <T> the type of the value
 */
final class PriceOrder<T> implements Comparator<KnownPrice> {

    static final String DEFAULT = "-market_cap";

    private static final List<PriceOrder<?>> ALL = Stream.of(
                    both("market_cap", KnownPrice::marketCap, BigDecimal::new),
                    both("price", KnownPrice::price, BigDecimal::new),
                    both("volume_24h", KnownPrice::volume24h, BigDecimal::new),
                    both("change_24h_pct", KnownPrice::change24hPct, BigDecimal::new),
                    both("symbol", KnownPrice::symbol, Function.identity()),
                    both("observed_at", KnownPrice::observedAt, Instant::parse))
            .<PriceOrder<?>>flatMap(Function.identity())
            .toList();

    private final String name;
    private final Function<KnownPrice, @Nullable T> value;
    private final Function<String, T> parse;
    private final Comparator<@Nullable T> byValue;

    private PriceOrder(
            String name, Function<KnownPrice, @Nullable T> value, Function<String, T> parse, Comparator<T> direction) {
        this.name = name;
        this.value = value;
        this.parse = parse;
        this.byValue = Comparator.nullsLast(direction);
    }

    /** The names of all orders: a field's name, with a dash before it for descending. */
    static List<String> names() {
        return ALL.stream().map(order -> order.name).toList();
    }

    /** The order of this name, which is one of {@link #names}. */
    static PriceOrder<?> named(String name) {
        return ALL.stream().filter(order -> order.name.equals(name)).findFirst().orElseThrow();
    }

    String name() {
        return name;
    }

    @Override
    public int compare(KnownPrice one, KnownPrice other) {
        int compared = byValue.compare(value.apply(one), value.apply(other));
        return compared != 0 ? compared : one.key().compareTo(other.key());
    }

    /** The place of a price, as text; null for the value where it is unknown. */
    @Nullable String valueText(KnownPrice price) {
        T known = value.apply(price);
        return known == null ? null : known instanceof BigDecimal number ? number.toPlainString() : known.toString();
    }

    /**
     * Where the first price after a place is, in a list in this order.
     *
     * @throws RuntimeException where the text is no value of this order
     */
    int indexAfter(List<KnownPrice> ordered, @Nullable String valueText, PriceKey key) {
        T place = valueText == null ? null : parse.apply(valueText);
        int low = 0;
        int high = ordered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            KnownPrice price = ordered.get(middle);
            int compared = byValue.compare(value.apply(price), place);
            if (compared > 0 || (compared == 0 && price.key().compareTo(key) > 0)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static <T extends Comparable<T>> Stream<PriceOrder<T>> both(
            String name, Function<KnownPrice, @Nullable T> value, Function<String, T> parse) {
        return Stream.of(
                new PriceOrder<>(name, value, parse, Comparator.naturalOrder()),
                new PriceOrder<>("-" + name, value, parse, Comparator.reverseOrder()));
    }
}
