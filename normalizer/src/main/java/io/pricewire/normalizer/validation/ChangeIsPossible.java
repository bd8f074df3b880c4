package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** Nothing loses more than all of its price. */
final class ChangeIsPossible implements Rule {

    private static final BigDecimal ALL = BigDecimal.valueOf(-100);

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        BigDecimal change = candidate.figures().get(Figure.CHANGE_24H_PCT);
        if (change != null && change.compareTo(ALL) < 0) {
            broken.accept(new Reason(
                    "change_impossible",
                    "change_24h_pct is %s; it takes -100 or more".formatted(change.toPlainString())));
        }
    }
}
