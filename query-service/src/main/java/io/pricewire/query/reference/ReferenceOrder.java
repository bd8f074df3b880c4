package io.pricewire.query.reference;

import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Paging;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order of reference prices: by one value, unknown ones last, and then by asset and quote, so that each has a place of
 * its own.
 *
 * @param name the field's name, with a dash before it for descending
 * @param column what it is called in the table
 * @param isDescending whether the largest comes first
 * @param canBeUnknown whether the column can be null
 * @param value the value of a row; null where it is unknown
 * @param parse makes a value of its text
 */
record ReferenceOrder(
        String name,
        String column,
        boolean isDescending,
        boolean canBeUnknown,
        Function<ReferenceView, @Nullable Object> value,
        Function<String, Object> parse) {

    static final String DEFAULT = "symbol";

    private static final List<ReferenceOrder> ALL = Stream.of(
                    both("symbol", false, ReferenceView::symbol, text -> text),
                    both("price", false, ReferenceView::price, ReferenceOrder::number),
                    both("dispersion", true, ReferenceView::dispersion, ReferenceOrder::number),
                    both(
                            "observed_at",
                            false,
                            ReferenceView::observedAt,
                            text -> Cursor.of(text).time(0)))
            .flatMap(Function.identity())
            .toList();

    /** The names of all orders. */
    static List<String> names() {
        return ALL.stream().map(ReferenceOrder::name).toList();
    }

    /** The order of this name, which is one of {@link #names}. */
    static ReferenceOrder named(String name) {
        return ALL.stream().filter(order -> order.name.equals(name)).findFirst().orElseThrow();
    }

    /** As it stands in the statement. */
    String sql() {
        return "%s%s, asset_id, quote".formatted(column, isDescending ? " desc nulls last" : "");
    }

    /** The condition that a row stands after this place, which was made by {@link #placeOf} of the same order. */
    String after(Cursor place, Values values) {
        if (!place.get(0).equals(name)) {
            throw Paging.badCursor();
        }
        String text = place.find(1);
        if (text == null) {
            return "(%s is null and %s)".formatted(column, laterKey(place, values));
        }
        String value = values.add(parse.apply(text));
        if (!isDescending && !canBeUnknown) {
            // So the index is read from this place on.
            return "(%s, asset_id, quote) > (%s, %s, %s)"
                    .formatted(column, value, values.add(place.get(2)), values.add(place.get(3)));
        }
        String unknown = canBeUnknown ? " or %s is null".formatted(column) : "";
        return "(%1$s %2$s %3$s or (%1$s = %3$s and %4$s)%5$s)"
                .formatted(column, isDescending ? "<" : ">", value, laterKey(place, values), unknown);
    }

    private static String laterKey(Cursor place, Values values) {
        return "(asset_id, quote) > (%s, %s)".formatted(values.add(place.get(2)), values.add(place.get(3)));
    }

    Cursor placeOf(ReferenceView row) {
        Object known = value.apply(row);
        String text =
                known == null ? null : known instanceof BigDecimal number ? number.toPlainString() : known.toString();
        return Cursor.of(name, text, row.assetId(), row.quote());
    }

    private static Object number(String text) {
        return Cursor.of(text).number(0);
    }

    private static Stream<ReferenceOrder> both(
            String column,
            boolean canBeUnknown,
            Function<ReferenceView, @Nullable Object> value,
            Function<String, Object> parse) {
        return Stream.of(
                new ReferenceOrder(column, column, false, canBeUnknown, value, parse),
                new ReferenceOrder("-" + column, column, true, canBeUnknown, value, parse));
    }
}
