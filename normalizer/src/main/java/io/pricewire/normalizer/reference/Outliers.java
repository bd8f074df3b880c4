package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.util.List;

/**
 * Finds prices that do not belong to the others. Exact: nothing is divided.
 *
 * <p>Of four or more, by Tukey's fences (J. W. Tukey, <i>Exploratory Data Analysis</i>, 1977): what lies more than one and
 * a half interquartile ranges below the lower or above the upper quartile. Quartiles are interpolated linearly between
 * the order statistics, definition 7 of R. J. Hyndman and Y. Fan, <i>Sample Quantiles in Statistical Packages</i>, The
 * American Statistician 50 (1996): of the usual definitions it is one by which one wild price of four is outside. Fences
 * of prices that hardly differ are narrower than any price is exact; so what agrees with the median is no outlier.
 *
 * <p>Of three, fences say nothing: there it is the one that agrees with neither of two that agree with each other. Of two,
 * nobody knows which is wrong. In either case at least two remain.
 */
final class Outliers {

    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    private static final BigDecimal FENCE = new BigDecimal("1.5");
    private static final int LEAST_FOR_QUARTILES = 4;
    private static final int THREE = 3;

    private final Agreement agreement;

    Outliers(Agreement agreement) {
        this.agreement = agreement;
    }

    /** Those outside of the fences; none where there are fewer than four prices. */
    List<Quotation> byInterquartileRange(List<Quotation> quotations) {
        if (quotations.size() < LEAST_FOR_QUARTILES) {
            return List.of();
        }
        List<BigDecimal> sorted =
                quotations.stream().map(Quotation::price).sorted().toList();
        BigDecimal lower = quartile(sorted, 1);
        BigDecimal upper = quartile(sorted, THREE);
        BigDecimal median = quartile(sorted, 2);
        BigDecimal reach = upper.subtract(lower).multiply(FENCE);
        return quotations.stream()
                .filter(quotation -> quotation.price().compareTo(lower.subtract(reach)) < 0
                        || quotation.price().compareTo(upper.add(reach)) > 0)
                .filter(quotation -> !agreement.isBetween(quotation.price(), median))
                .toList();
    }

    /** The one of three that agrees with neither of two that agree; none where there is no such one. */
    List<Quotation> ofThree(List<Quotation> quotations) {
        if (quotations.size() != THREE) {
            return List.of();
        }
        List<Quotation> sorted = quotations.stream().sorted(Quotation.BY_PRICE).toList();
        boolean lowerAgree = agree(sorted.get(0), sorted.get(1));
        boolean upperAgree = agree(sorted.get(1), sorted.get(2));
        if (lowerAgree == upperAgree) {
            return List.of();
        }
        return List.of(lowerAgree ? sorted.getLast() : sorted.getFirst());
    }

    private boolean agree(Quotation one, Quotation other) {
        return agreement.isBetween(one.price(), other.price());
    }

    private static BigDecimal quartile(List<BigDecimal> sorted, int quarters) {
        int place = (sorted.size() - 1) * quarters;
        BigDecimal below = sorted.get(place / 4);
        int rest = place % 4;
        return rest == 0
                ? below
                : below.add(sorted.get(place / 4 + 1)
                        .subtract(below)
                        .multiply(QUARTER)
                        .multiply(BigDecimal.valueOf(rest)));
    }
}
