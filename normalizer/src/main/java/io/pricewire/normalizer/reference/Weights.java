package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * How much each of several prices counts. Exact: weights are kept as numbers of which only the proportion matters, and
 * nothing is divided.
 *
 * <ul>
 *   <li>A price weighs what was traded in 24 hours.
 *   <li>One whose volume is unknown or 0 weighs as much as the smallest volume that is known of the others; where none is,
 *       all weigh the same.
 *   <li>None weighs more than the cap's share of all: what is above is cut off, and as that makes the whole smaller, so
 *       are others, until it holds for all. Below half, the cap keeps one from deciding alone.
 *   <li>Where there are too few for the cap to hold, as with two, all weigh the same.
 * </ul>
 */
final class Weights {

    private final BigDecimal cap;

    Weights(BigDecimal cap) {
        this.cap = cap;
    }

    /** The weight of each, in their order; all are more than 0. */
    List<BigDecimal> of(List<Quotation> quotations) {
        BigDecimal number = BigDecimal.valueOf(quotations.size());
        if (cap.multiply(number).compareTo(BigDecimal.ONE) < 0) {
            return Collections.nCopies(quotations.size(), BigDecimal.ONE);
        }
        return capped(volumes(quotations));
    }

    private static List<BigDecimal> volumes(List<Quotation> quotations) {
        BigDecimal least = quotations.stream()
                .map(Quotation::volume24h)
                .filter(Objects::nonNull)
                .filter(volume -> volume.signum() > 0)
                .min(BigDecimal::compareTo)
                .orElse(BigDecimal.ONE);
        return quotations.stream()
                .map(Quotation::volume24h)
                .map(volume -> volume == null || volume.signum() <= 0 ? least : volume)
                .toList();
    }

    /**
     * With the k largest cut to the same weight w, and the others summing up to r, w is the cap's share of the whole where
     * {@code w = cap (k w + r)}, so {@code w = cap r / (1 - k cap)}. All are multiplied by the divisor instead.
     */
    private List<BigDecimal> capped(List<BigDecimal> volumes) {
        List<BigDecimal> descending =
                volumes.stream().sorted(Collections.reverseOrder()).toList();
        BigDecimal rest = volumes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal scale = BigDecimal.ONE;
        for (BigDecimal largest : descending) {
            if (largest.multiply(scale).compareTo(cap.multiply(rest)) <= 0) {
                break;
            }
            rest = rest.subtract(largest);
            scale = scale.subtract(cap);
        }
        BigDecimal most = cap.multiply(rest);
        BigDecimal factor = scale;
        return volumes.stream().map(volume -> volume.multiply(factor).min(most)).toList();
    }
}
