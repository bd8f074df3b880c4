package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of what a reference price is made from.
 *
 * @param symbol the asset's
 * @param name the asset's
 * @param quotations what the sources say
 * @param previous the reference price so far; null where there is none
 */
record Known(
        ReferenceKey key,
        String symbol,
        String name,
        List<Quotation> quotations,
        @Nullable Previous previous) {

    /**
     * A reference price as it was computed last.
     *
     * @param published what others were told of it last; null where they were told nothing
     * @param dueAt when it was to be computed again, as Postgres writes it; null where time alone changed nothing
     */
    record Previous(
            BigDecimal price,
            boolean unconfirmed,
            Instant observedAt,
            Instant computedAt,
            Confirmed confirmed,
            @Nullable Published published,
            @Nullable String dueAt) {}

    /** A price that was no unconfirmed jump, and when it was computed. */
    record Confirmed(BigDecimal price, Instant at) {}

    /** What is known to be published, and when it was computed. */
    record Published(BigDecimal price, String status, boolean unconfirmed, Instant at) {}
}
