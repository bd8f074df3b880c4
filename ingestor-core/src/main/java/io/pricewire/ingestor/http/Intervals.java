package io.pricewire.ingestor.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often a source is polled. */
public final class Intervals {

    private Intervals() {}

    /**
     * Checks an interval that somebody may have set.
     *
     * @param name of the setting
     * @throws IllegalArgumentException where it is none
     */
    public static void require(String name, @Nullable Duration interval) {
        if (interval != null && interval.toMillis() <= 0) {
            throw new IllegalArgumentException("%s is %s; it takes 1ms or more".formatted(name, interval));
        }
    }
}
