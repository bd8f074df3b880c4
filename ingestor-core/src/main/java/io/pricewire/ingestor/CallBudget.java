package io.pricewire.ingestor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a service allows.
 *
 * @param perMinute the most in a minute; 0 where it sets no bound
 * @param perMonth the most in a calendar month; 0 where it sets no bound
 */
public record CallBudget(int perMinute, int perMonth) {

    /** That of a service which sets no bounds. */
    public static final CallBudget UNBOUNDED = new CallBudget(0, 0);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The longest, and a tenth more, for what is asked for besides the polls that are due. */
    private static final Duration MONTH = Duration.ofDays(31).plusDays(3);

    public CallBudget {
        if (perMinute < 0 || perMonth < 0) {
            throw new IllegalArgumentException(
                    "a budget of %d calls a minute and %d a month makes no sense".formatted(perMinute, perMonth));
        }
    }

    /**
     * Checks numbers of calls that somebody may have set.
     *
     * @param prefix of the settings
     * @throws IllegalArgumentException where one of them is none
     */
    public static void requireCalls(String prefix, @Nullable Integer callsPerMinute, @Nullable Integer callsPerMonth) {
        requireCalls(prefix + ".calls-per-minute", callsPerMinute);
        requireCalls(prefix + ".calls-per-month", callsPerMonth);
    }

    private static void requireCalls(String name, @Nullable Integer calls) {
        if (calls != null && calls < 1) {
            throw new IllegalArgumentException("%s is %d; it takes 1 or more".formatted(name, calls));
        }
    }

    /** With what somebody has set instead; null where nobody has. */
    public CallBudget or(@Nullable Integer callsPerMinute, @Nullable Integer callsPerMonth) {
        return new CallBudget(
                callsPerMinute == null ? perMinute : callsPerMinute, callsPerMonth == null ? perMonth : callsPerMonth);
    }

    /**
     * How long polls are to be apart, so that they keep within both bounds.
     *
     * @param calls of one poll
     * @param atLeast where more often would tell nothing new
     */
    public Duration interval(long calls, Duration atLeast) {
        return longer(atLeast, longer(share(MINUTE, calls, perMinute), share(MONTH, calls, perMonth)));
    }

    private static Duration share(Duration time, long calls, int most) {
        return most == 0 ? Duration.ZERO : time.multipliedBy(calls).dividedBy(most);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
