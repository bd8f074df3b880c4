package io.pricewire.ingestor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an observation describes: an instant, or a bar of some length. */
public enum Interval {
    TICK("tick", Duration.ZERO),
    DAY("1d", Duration.ofDays(1));

    private final String code;
    private final Duration length;

    Interval(String code, Duration length) {
        this.code = code;
        this.length = length;
    }

    /** What it is called in events, tables and the API. */
    public String code() {
        return code;
    }

    /** The interval that is called so; null where none is. */
    public static @Nullable Interval of(String code) {
        for (Interval interval : values()) {
            if (interval.code.equals(code)) {
                return interval;
            }
        }
        return null;
    }

    /** The bar's length; zero for a tick. */
    public Duration length() {
        return length;
    }
}
