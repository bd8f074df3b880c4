package io.pricewire.query.prices;

import io.pricewire.query.parameter.Paging;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of prices.
 *
 * @param prices those in this part
 * @param total how many there are in all; null where it is not counted
 * @param next where the next part starts; null where there is none
 */
record PriceListing(
        List<KnownPrice> prices,
        @Nullable Integer total,
        @Nullable String next) {

    /** Cuts the part out of all prices, which are in this order. */
    static PriceListing of(List<KnownPrice> ordered, PriceFilter filter, PriceOrder<?> order, Paging paging) {
        return paging.isByCursor() ? after(ordered, filter, order, paging) : page(ordered, filter, order, paging);
    }

    private static PriceListing page(List<KnownPrice> ordered, PriceFilter filter, PriceOrder<?> order, Paging paging) {
        List<KnownPrice> matching = filter.matchesAll()
                ? ordered
                : ordered.stream().filter(filter::matches).toList();
        int total = matching.size();
        int from = (int) Math.min(paging.offset(), total);
        int to = Math.min(from + paging.size(), total);
        List<KnownPrice> part = matching.subList(from, to);
        return new PriceListing(part, total, to < total ? next(part, order) : null);
    }

    private static PriceListing after(
            List<KnownPrice> ordered, PriceFilter filter, PriceOrder<?> order, Paging paging) {
        int index = start(ordered, order, String.valueOf(paging.cursor()));
        List<KnownPrice> part = new ArrayList<>(paging.size());
        for (; index < ordered.size(); index++) {
            KnownPrice price = ordered.get(index);
            if (filter.matches(price)) {
                if (part.size() == paging.size()) {
                    return new PriceListing(part, null, next(part, order));
                }
                part.add(price);
            }
        }
        return new PriceListing(part, null, null);
    }

    private static int start(List<KnownPrice> ordered, PriceOrder<?> order, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        PriceCursor cursor = PriceCursor.parse(text);
        if (!cursor.order().equals(order.name())) {
            throw Paging.badCursor();
        }
        try {
            return order.indexAfter(ordered, cursor.value(), cursor.key());
        } catch (RuntimeException notAValue) {
            throw Paging.badCursor();
        }
    }

    private static @Nullable String next(List<KnownPrice> part, PriceOrder<?> order) {
        return part.isEmpty() ? null : PriceCursor.of(part.getLast(), order).text();
    }
}
