package io.pricewire.query.prices;

import io.pricewire.query.parameter.Paging;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The place of a price in an order. It stays a place when prices around it change, come and go.
 *
 * @param order the order's name
 * @param value the price's value in that order; null where it is unknown
 * @param key the price's key
 */
record PriceCursor(String order, @Nullable String value, PriceKey key) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<@Nullable String>> TEXTS = new TypeReference<>() {};
    private static final int PARTS = 5;

    static PriceCursor of(KnownPrice price, PriceOrder<?> order) {
        return new PriceCursor(order.name(), order.valueText(price), price.key());
    }

    /** Opaque to clients. */
    String text() {
        String parts = JSON.writeValueAsString(
                java.util.Arrays.asList(order, value, key.source(), key.sourceAssetId(), key.quote()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    static PriceCursor parse(String text) {
        try {
            List<@Nullable String> parts = JSON.readValue(Base64.getUrlDecoder().decode(text), TEXTS);
            if (parts.size() == PARTS) {
                return new PriceCursor(
                        String.valueOf(parts.get(0)),
                        parts.get(1),
                        new PriceKey(
                                String.valueOf(parts.get(2)),
                                String.valueOf(parts.get(3)),
                                String.valueOf(parts.get(4))));
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // answered below
        }
        throw Paging.badCursor();
    }
}
