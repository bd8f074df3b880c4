package io.pricewire.query.prices;

import io.pricewire.proto.v1.Price;
import java.util.Comparator;

/** What there is one latest price of. */
record PriceKey(String source, String sourceAssetId, String quote) implements Comparable<PriceKey> {

    private static final Comparator<PriceKey> ORDER = Comparator.comparing(PriceKey::source)
            .thenComparing(PriceKey::sourceAssetId)
            .thenComparing(PriceKey::quote);

    static PriceKey of(Price price) {
        return new PriceKey(price.getSource(), price.getSourceAssetId(), price.getQuote());
    }

    @Override
    public int compareTo(PriceKey other) {
        return ORDER.compare(this, other);
    }
}
