package io.pricewire.normalizer.reference;

import java.math.BigDecimal;

/**
 * Whether prices are near enough to each other to be called the same. Exact: nothing is divided.
 *
 * @param limit the share by which they may differ
 */
record Agreement(BigDecimal limit) {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** Whether two prices differ by no more than the limit's share of the middle between them. */
    boolean isBetween(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().multiply(TWO).compareTo(one.add(other).multiply(limit)) <= 0;
    }

    /** Whether a range of prices is no wider than the limit's share of the price that is made of them. */
    boolean isWithin(BigDecimal range, BigDecimal price) {
        return range.compareTo(price.multiply(limit)) <= 0;
    }
}
