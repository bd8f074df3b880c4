package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** All rules together. */
public final class Rules {

    /** The most bytes that an observation has as a message, payload and all. */
    public static final int LARGEST_OBSERVATION = 512 * 1024;

    private final List<Rule> rules;

    public Rules(ValidationSettings settings, Clock clock) {
        this.rules = List.of(
                new SizeIsPublishable(),
                new IdsAreReadable(),
                new TextsAreComplete(),
                new IntervalIsKnown(),
                new TimesArePlausible(settings.futureTolerance(), clock),
                new PriceIsPositive(),
                new AmountsAreNotNegative(),
                new HighIsNotBelowLow(),
                new BarHoldsItsPrices(),
                new BidIsNotAboveAsk(),
                new ChangeIsPossible(),
                new UnitsArePlausible(settings.unitFactor()));
    }

    /** Everything that is wrong with the candidate; nothing where it is in order. */
    public List<Reason> broken(Candidate candidate) {
        List<Reason> reasons = new ArrayList<>(candidate.malformed());
        for (Rule rule : rules) {
            rule.check(candidate, reasons::add);
        }
        return reasons;
    }
}
