package io.pricewire.query.prices;

import io.pricewire.query.parameter.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The place of a price in an order. It stays a place when prices around it change, come and go.
 *
 * @param order the order's name
 * @param value the price's value in that order; null where it is unknown
 * @param key the price's key
 */
record PriceCursor(String order, @Nullable String value, PriceKey key) {

    private static final int PARTS = 5;

    static PriceCursor of(KnownPrice price, PriceOrder<?> order) {
        return new PriceCursor(order.name(), order.valueText(price), price.key());
    }

    String text() {
        return Cursor.of(order, value, key.source(), key.sourceAssetId(), key.quote())
                .text();
    }

    static PriceCursor parse(String text) {
        Cursor cursor = Cursor.parse(text, PARTS);
        return new PriceCursor(
                cursor.get(0), cursor.find(1), new PriceKey(cursor.get(2), cursor.get(3), cursor.get(4)));
    }
}
