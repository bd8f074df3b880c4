package io.pricewire.query.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How old prices are when they are read from the topic. Where none were read for half a minute there is nothing to be behind
 * with. One thread tells it, any number ask.
 */
public final class ObservedLag {

    private static final Duration IDLE_AFTER = Duration.ofSeconds(30);

    private final Clock clock;
    private volatile Read last = new Read(Instant.EPOCH, Duration.ZERO);

    public ObservedLag(Clock clock) {
        this.clock = clock;
    }

    /** What was published then is read now. */
    void read(Instant publishedAt) {
        Instant now = clock.instant();
        last = new Read(now, Duration.between(publishedAt, now));
    }

    public Duration current() {
        Read known = last;
        return known.at.plus(IDLE_AFTER).isBefore(clock.instant()) ? Duration.ZERO : known.age;
    }

    private record Read(Instant at, Duration age) {}
}
