package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Reason;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** Whoever would pay more than another one asks for has bought already. */
final class BidIsNotAboveAsk implements Rule {

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        BigDecimal bid = candidate.figures().get(Figure.BID);
        BigDecimal ask = candidate.figures().get(Figure.ASK);
        if (bid != null && ask != null && bid.compareTo(ask) > 0) {
            broken.accept(new Reason(
                    "bid_above_ask", "bid is %s and ask is %s".formatted(bid.toPlainString(), ask.toPlainString())));
        }
    }
}
