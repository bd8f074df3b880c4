package io.pricewire.query.reference;

import java.util.Comparator;

/** What there is one reference price of. */
record ReferenceKey(String assetId, String quote) implements Comparable<ReferenceKey> {

    private static final Comparator<ReferenceKey> ORDER =
            Comparator.comparing(ReferenceKey::assetId).thenComparing(ReferenceKey::quote);

    @Override
    public int compareTo(ReferenceKey other) {
        return ORDER.compare(this, other);
    }
}
