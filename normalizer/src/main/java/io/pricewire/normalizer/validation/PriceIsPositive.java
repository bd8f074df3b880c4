package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** There is a price, and it is more than 0; so are the prices of a bar and of an order book, where they are known. */
final class PriceIsPositive implements Rule {

    private static final Figure[] OTHERS = {Figure.OPEN, Figure.HIGH, Figure.LOW, Figure.BID, Figure.ASK};

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        if (!candidate.message().getFigures().hasPrice()) {
            broken.accept(new Reason("price_missing", "there is no price"));
        }
        check(Figure.PRICE, candidate, broken);
        for (Figure figure : OTHERS) {
            check(figure, candidate, broken);
        }
    }

    private static void check(Figure figure, Candidate candidate, Consumer<Reason> broken) {
        BigDecimal price = candidate.figures().get(figure);
        if (price != null && price.signum() <= 0) {
            broken.accept(new Reason(
                    "price_not_positive",
                    "%s is %s; it takes more than 0".formatted(figure.column(), price.toPlainString())));
        }
    }
}
