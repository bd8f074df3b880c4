package io.pricewire.normalizer.reference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is set. */
final class AdjustableClock extends Clock {

    private volatile Instant instant;

    AdjustableClock(Instant instant) {
        this.instant = instant;
    }

    void advance(Duration by) {
        instant = instant.plus(by);
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
