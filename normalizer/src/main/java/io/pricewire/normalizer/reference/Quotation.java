package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of an asset in a quote currency: its newest price. A bar speaks for its last instant, as a tick does;
 * what was traded within it is not what was traded in 24 hours.
 *
 * @param price more than 0
 * @param volume24h what was traded in 24 hours; null where that is unknown
 * @param staleAt until when the source vouches for it, by its own word; after that it is stale
 * @param isReplay whether it is a replay of the past
 */
record Quotation(
        String source,
        String sourceAssetId,
        String eventId,
        BigDecimal price,
        @Nullable BigDecimal volume24h,
        Instant observedAt,
        Instant staleAt,
        boolean isReplay) {

    /** By source, and for one source by its own id; no two of an asset in a quote currency are equal in it. */
    static final Comparator<Quotation> BY_SOURCE =
            Comparator.comparing(Quotation::source).thenComparing(Quotation::sourceAssetId);

    /** By price, and among equal prices by source, so that the order in which they are read changes nothing. */
    static final Comparator<Quotation> BY_PRICE =
            Comparator.comparing(Quotation::price).thenComparing(BY_SOURCE);

    /** Of two of one source, the greater one is the newer. */
    static final Comparator<Quotation> BY_AGE =
            Comparator.comparing(Quotation::observedAt).thenComparing(BY_SOURCE);

    boolean isStale(Instant at) {
        return at.isAfter(staleAt);
    }
}
