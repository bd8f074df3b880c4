package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first and the last price of a bar lie between its lowest and its highest. */
final class BarHoldsItsPrices implements Rule {

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        check(Figure.OPEN, candidate, broken);
        check(Figure.PRICE, candidate, broken);
    }

    private static void check(Figure figure, Candidate candidate, Consumer<Reason> broken) {
        BigDecimal price = candidate.figures().get(figure);
        BigDecimal high = candidate.figures().get(Figure.HIGH);
        BigDecimal low = candidate.figures().get(Figure.LOW);
        if (price != null && (isAbove(price, high) || isAbove(low, price))) {
            broken.accept(new Reason(
                    "price_outside_bar",
                    "%s is %s; the bar goes from %s to %s"
                            .formatted(figure.column(), price.toPlainString(), low, high)));
        }
    }

    private static boolean isAbove(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && other != null && one.compareTo(other) > 0;
    }
}
