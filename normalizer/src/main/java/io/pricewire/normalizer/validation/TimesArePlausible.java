package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Nothing was observed before the day of Bitcoin's first block, nor in the future. */
final class TimesArePlausible implements Rule {

    private static final Instant FIRST_DAY = Instant.parse("2009-01-03T00:00:00Z");

    private final Duration futureTolerance;
    private final Clock clock;

    TimesArePlausible(Duration futureTolerance, Clock clock) {
        this.futureTolerance = futureTolerance;
        this.clock = clock;
    }

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        Instant observedAt = candidate.observedAt();
        if (observedAt == null) {
            broken.accept(new Reason("observed_at_missing", "observed_at is missing, or no time that a calendar has"));
        } else if (observedAt.isBefore(FIRST_DAY)) {
            broken.accept(new Reason(
                    "timestamp_too_early", "observed_at is %s; it takes %s or later".formatted(observedAt, FIRST_DAY)));
        } else if (observedAt.isAfter(clock.instant().plus(futureTolerance))) {
            broken.accept(new Reason(
                    "timestamp_in_future",
                    "observed_at is %s; it takes at most %s ahead".formatted(observedAt, futureTolerance)));
        }
        if (candidate.ingestedAt() == null) {
            broken.accept(new Reason("ingested_at_missing", "ingested_at is missing, or no time that a calendar has"));
        }
    }
}
