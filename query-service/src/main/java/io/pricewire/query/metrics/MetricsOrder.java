package io.pricewire.query.metrics;

import io.pricewire.query.parameter.Cursor;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the list is sorted by; unknown values come last, equal ones by key.
 *
 * @param name the value's name, with a dash before it for descending
 * @param sql the value, of a row {@code l} of the latest prices
 * @param join joins to that row what the value is made of; empty where nothing is needed
 * @param value the value of a row
 * @param read makes a value of its text
 */
record MetricsOrder(
        String name,
        String sql,
        String join,
        Function<MetricsView, @Nullable Object> value,
        Function<String, Object> read) {

    static final String DEFAULT = "-market_cap";

    private static final List<MetricsOrder> ALL = Stream.of(
                    number("market_cap", "l.market_cap", "", MetricsView::marketCap),
                    number("market_share_pct", Worked.share("l"), Worked.totals("l"), MetricsView::marketSharePct),
                    number("price", "l.price", "", MetricsView::price),
                    both("symbol", "l.symbol", "", MetricsView::symbol, text -> text),
                    change(Window.HOUR, MetricsView::change1hPct),
                    change(Window.DAY, MetricsView::change24hPct),
                    change(Window.WEEK, MetricsView::change7dPct),
                    change(Window.MONTH, MetricsView::change30dPct),
                    number(
                            "volatility_30d_pct",
                            Worked.VOLATILITY,
                            Worked.volatility("l"),
                            MetricsView::volatility30dPct),
                    number("high_24h", Worked.HIGH, Worked.extremes("l"), MetricsView::high24h),
                    number("low_24h", Worked.LOW, Worked.extremes("l"), MetricsView::low24h))
            .flatMap(Function.identity())
            .toList();

    static List<String> names() {
        return ALL.stream().map(MetricsOrder::name).toList();
    }

    /** The order of this name, which is one of {@link #names}. */
    static MetricsOrder named(String name) {
        return ALL.stream().filter(order -> order.name.equals(name)).findFirst().orElseThrow();
    }

    boolean isDescending() {
        return name.startsWith("-");
    }

    /** The value as text, to be read again; null where it is unknown. */
    @Nullable String text(MetricsView row) {
        Object known = value.apply(row);
        return known == null ? null : known instanceof BigDecimal number ? number.toPlainString() : known.toString();
    }

    private static Stream<MetricsOrder> change(Window window, Function<MetricsView, @Nullable Object> value) {
        return number(window.column(), window.change("l"), window.price("l"), value);
    }

    private static Stream<MetricsOrder> number(
            String name, String sql, String join, Function<MetricsView, @Nullable Object> value) {
        return both(name, sql, join, value, text -> Cursor.of(text).number(0));
    }

    private static Stream<MetricsOrder> both(
            String name,
            String sql,
            String join,
            Function<MetricsView, @Nullable Object> value,
            Function<String, Object> read) {
        return Stream.of(
                new MetricsOrder(name, sql, join, value, read), new MetricsOrder("-" + name, sql, join, value, read));
    }
}
