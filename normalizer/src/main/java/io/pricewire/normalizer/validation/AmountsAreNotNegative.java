package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Amounts of money and of units are 0 or more. A change may well be negative, and prices have a rule of their own. */
final class AmountsAreNotNegative implements Rule {

    private static final Set<Figure> AMOUNTS = EnumSet.of(
            Figure.VOLUME_BASE,
            Figure.VOLUME_QUOTE,
            Figure.MARKET_CAP,
            Figure.FULLY_DILUTED_VALUATION,
            Figure.VOLUME_24H,
            Figure.HIGH_24H,
            Figure.LOW_24H,
            Figure.CIRCULATING_SUPPLY,
            Figure.TOTAL_SUPPLY,
            Figure.MAX_SUPPLY,
            Figure.ALL_TIME_HIGH,
            Figure.ALL_TIME_LOW);

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        for (Figure figure : AMOUNTS) {
            BigDecimal amount = candidate.figures().get(figure);
            if (amount != null && amount.signum() < 0) {
                broken.accept(new Reason(
                        "amount_negative",
                        "%s is %s; it takes 0 or more".formatted(figure.column(), amount.toPlainString())));
            }
        }
    }
}
