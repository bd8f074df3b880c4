package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** Nothing was traded below the lowest price or above the highest. */
final class HighIsNotBelowLow implements Rule {

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        check(Figure.HIGH, Figure.LOW, candidate, broken);
        check(Figure.HIGH_24H, Figure.LOW_24H, candidate, broken);
    }

    private static void check(Figure highest, Figure lowest, Candidate candidate, Consumer<Reason> broken) {
        BigDecimal high = candidate.figures().get(highest);
        BigDecimal low = candidate.figures().get(lowest);
        if (high != null && low != null && high.compareTo(low) < 0) {
            broken.accept(new Reason(
                    "high_below_low",
                    "%s is %s and %s is %s"
                            .formatted(highest.column(), high.toPlainString(), lowest.column(), low.toPlainString())));
        }
    }
}
