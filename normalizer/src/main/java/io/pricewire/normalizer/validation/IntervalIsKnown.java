package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** An observation is a tick, or a bar of so many minutes, hours, days or weeks. */
final class IntervalIsKnown implements Rule {

    private static final Pattern KNOWN = Pattern.compile("tick|[1-9]\\d?[mhdw]");

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        String interval = candidate.message().getInterval();
        if (!KNOWN.matcher(interval).matches()) {
            broken.accept(new Reason(
                    "interval_unknown",
                    "interval is \"%.100s\"; it takes tick, or a number with m, h, d or w".formatted(interval)));
        }
    }
}
