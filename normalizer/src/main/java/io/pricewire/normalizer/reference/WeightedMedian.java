package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The weighted median: the price at which the weights of the lower ones and of the higher ones are both at most half of
 * all (T. H. Cormen et al., <i>Introduction to Algorithms</i>, problem 9-2 of the third edition). Where the weights up to a
 * price are exactly half, that price and the next one are the lower and the upper median, and the middle between them is
 * taken, so that two sources of equal weight meet half way. Exact, to the 38 places that a decimal may have.
 */
final class WeightedMedian {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int MOST_PLACES = 38;

    private WeightedMedian() {}

    /** The median of at least one price, each with the weight that stands in the same place. */
    static BigDecimal of(List<Quotation> quotations, List<BigDecimal> weights) {
        List<Integer> ascending = IntStream.range(0, quotations.size())
                .boxed()
                .sorted(Comparator.comparing(quotations::get, Quotation.BY_PRICE))
                .toList();
        BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal soFar = BigDecimal.ZERO;
        for (int i = 0; i < ascending.size(); i++) {
            BigDecimal price = quotations.get(ascending.get(i)).price();
            soFar = soFar.add(weights.get(ascending.get(i)));
            int half = soFar.multiply(TWO).compareTo(all);
            if (half > 0) {
                return price;
            }
            if (half == 0) {
                return middle(price, quotations.get(ascending.get(i + 1)).price());
            }
        }
        throw new IllegalArgumentException("there is no median of nothing");
    }

    private static BigDecimal middle(BigDecimal lower, BigDecimal upper) {
        if (lower.compareTo(upper) == 0) {
            return lower;
        }
        BigDecimal middle = lower.add(upper).multiply(HALF).stripTrailingZeros();
        int places = Math.clamp(middle.scale(), 0, MOST_PLACES);
        return middle.setScale(places, RoundingMode.HALF_EVEN);
    }
}
