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
 * @param past the window whose price before is needed for the value; null where none is
 * @param value the value of a row
 * @param read makes a value of its text
 */
record MetricsOrder(
        String name,
        String sql,
        @Nullable Window past,
        Function<MetricsView, @Nullable Object> value,
        Function<String, Object> read) {

    static final String DEFAULT = "-market_cap";

    private static final List<MetricsOrder> ALL = Stream.of(
                    both("market_cap", "l.market_cap", null, MetricsView::marketCap, MetricsOrder::number),
                    both("symbol", "l.symbol", null, MetricsView::symbol, text -> text),
                    change(Window.HOUR, MetricsView::change1hPct),
                    change(Window.DAY, MetricsView::change24hPct),
                    change(Window.WEEK, MetricsView::change7dPct),
                    change(Window.MONTH, MetricsView::change30dPct))
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
        return both(window.column(), window.change("l"), window, value, MetricsOrder::number);
    }

    private static Object number(String text) {
        return Cursor.of(text).number(0);
    }

    private static Stream<MetricsOrder> both(
            String name,
            String sql,
            @Nullable Window past,
            Function<MetricsView, @Nullable Object> value,
            Function<String, Object> read) {
        return Stream.of(
                new MetricsOrder(name, sql, past, value, read), new MetricsOrder("-" + name, sql, past, value, read));
    }
}
