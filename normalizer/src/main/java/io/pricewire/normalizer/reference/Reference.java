package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference price as it follows from what the sources say at a time.
 *
 * @param dispersion the range of the prices used as a share of the price, rounded to six places; null where none is used
 * @param used by source; none where there is nothing that may be used, and the price is an earlier one
 * @param excluded by source
 * @param freshUntil the last moment at which all that are fresh still are; null where none is
 */
record Reference(
        BigDecimal price,
        Status status,
        @Nullable BigDecimal dispersion,
        List<Used> used,
        List<Excluded> excluded,
        @Nullable Instant freshUntil) {

    /**
     * A source that the price is made of.
     *
     * @param weight its share of all weights, rounded to six places
     */
    record Used(Quotation quotation, BigDecimal weight) {}

    /** A source that has a price and is not used. */
    record Excluded(Quotation quotation, Exclusion reason) {}
}
