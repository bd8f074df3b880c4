package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Consumer;

/**
 * A market cap is about the price times the circulating supply. One that is off by orders of magnitude shows that one of
 * the three is in another unit: cents, thousands, or the smallest unit of a token.
 */
final class UnitsArePlausible implements Rule {

    private final BigDecimal factor;

    /**
     * @param factor how many times larger or smaller the market cap may be
     */
    UnitsArePlausible(BigDecimal factor) {
        this.factor = factor;
    }

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        BigDecimal price = candidate.figures().get(Figure.PRICE);
        BigDecimal supply = candidate.figures().get(Figure.CIRCULATING_SUPPLY);
        BigDecimal marketCap = candidate.figures().get(Figure.MARKET_CAP);
        if (price == null || supply == null || marketCap == null) {
            return;
        }
        BigDecimal expected = price.multiply(supply, MathContext.DECIMAL128);
        if (isTooLarge(marketCap, expected) || isTooLarge(expected, marketCap)) {
            broken.accept(new Reason(
                    "units_implausible",
                    "market_cap is %s, and price times circulating_supply is %s; it takes at most %s times as much or as little"
                            .formatted(marketCap.toPlainString(), expected.toPlainString(), factor.toPlainString())));
        }
    }

    private boolean isTooLarge(BigDecimal one, BigDecimal other) {
        return one.signum() > 0 && other.signum() > 0 && one.compareTo(other.multiply(factor)) > 0;
    }
}
