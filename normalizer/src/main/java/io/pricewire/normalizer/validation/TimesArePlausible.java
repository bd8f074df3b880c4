package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Nothing was observed or fetched before the day of Bitcoin's first block, nor in the future; and all ages in time. */
final class TimesArePlausible implements Rule {

    private static final Instant FIRST_DAY = Instant.parse("2009-01-03T00:00:00Z");
    private static final Duration LONGEST_UNTIL_STALE = Duration.ofDays(3_660);

    private final Duration futureTolerance;
    private final Clock clock;

    TimesArePlausible(Duration futureTolerance, Clock clock) {
        this.futureTolerance = futureTolerance;
        this.clock = clock;
    }

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        check("observed_at", candidate.observedAt(), broken);
        check("ingested_at", candidate.ingestedAt(), broken);
        if (candidate.message().hasReadAt()) {
            check("read_at", candidate.readAt(), broken);
        }
        Duration staleAfter = candidate.staleAfter();
        if (staleAfter == null || staleAfter.isNegative() || staleAfter.compareTo(LONGEST_UNTIL_STALE) > 0) {
            broken.accept(new Reason(
                    "stale_after_out_of_range",
                    "stale_after is %s; it takes 0 to %s"
                            .formatted(candidate.message().getStaleAfter().getSeconds() + " s", LONGEST_UNTIL_STALE)));
        }
    }

    private void check(String field, @Nullable Instant time, Consumer<Reason> broken) {
        if (time == null) {
            broken.accept(new Reason(field + "_missing", field + " is missing, or no time that a calendar has"));
        } else if (time.isBefore(FIRST_DAY)) {
            broken.accept(new Reason(
                    "timestamp_too_early", "%s is %s; it takes %s or later".formatted(field, time, FIRST_DAY)));
        } else if (time.isAfter(clock.instant().plus(futureTolerance))) {
            broken.accept(new Reason(
                    "timestamp_in_future",
                    "%s is %s; it takes at most %s ahead".formatted(field, time, futureTolerance)));
        }
    }
}
