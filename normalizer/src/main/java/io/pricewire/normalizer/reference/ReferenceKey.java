package io.pricewire.normalizer.reference;

import java.util.Comparator;

/** What there is one reference price of. As text it is the key of its topic. */
record ReferenceKey(String assetId, String quote) implements Comparable<ReferenceKey> {

    private static final Comparator<ReferenceKey> ORDER =
            Comparator.comparing(ReferenceKey::assetId).thenComparing(ReferenceKey::quote);

    @Override
    public int compareTo(ReferenceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s|%s".formatted(assetId, quote);
    }
}
