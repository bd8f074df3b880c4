package io.pricewire.ingestor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When one leader is to ask its source next. What is read again asks nothing of the source, and what is read of the past
 * tells nothing of now: neither moves anything, unless the source cannot be had or asks to be left alone for it. Used by one
 * run at a time.
 */
final class Schedule {

    private final Pauses pauses;
    private final Clock clock;
    private Instant dueAt;
    private Instant leftAloneUntil;
    private Instant askedUntil;
    private String reason;
    private Duration lastSweep = Duration.ZERO;

    /**
     * The first time is now, unless the source asked an earlier leader to be left alone.
     *
     * @param leftAloneUntil when that ends
     */
    Schedule(Pauses pauses, Instant leftAloneUntil, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
        this.dueAt = leftAloneUntil;
        this.leftAloneUntil = leftAloneUntil;
        this.askedUntil = leftAloneUntil;
        this.reason = "it asked for that before this instance began";
    }

    /** A round begins; the last of what it does decides when the next one does. */
    void begin() {
        dueAt = clock.instant();
    }

    /** All that is polled was read, which took so long. */
    void swept(Duration duration) {
        lastSweep = duration;
    }

    /** How long that took the last time; zero where this leader has not done it yet. */
    Duration lastSweep() {
        return lastSweep;
    }

    void succeeded(Work work) {
        if (isOfNow(work)) {
            waitFor(pauses.afterSuccess());
        }
    }

    /** There was nothing to read. */
    void foundNothing() {
        waitFor(pauses.afterSuccess());
    }

    void failed(Work work, SourceException failure) {
        if (isOfNow(work) || isOfTheSource(work, failure)) {
            failed(failure);
        }
    }

    /** Nothing could be begun. */
    void failed(SourceException failure) {
        Duration pause = pauses.after(failure);
        waitFor(pause);
        if (failure.retryAfter() != null) {
            leftAloneUntil = clock.instant().plus(pause);
            reason = String.valueOf(failure.getMessage());
        }
        if (failure.kind() != SourceException.Kind.NOT_ALLOWED) {
            askedUntil = leftAloneUntil;
        }
    }

    private static boolean isOfNow(Work work) {
        return work.trigger() != Work.Trigger.REPLAY && work.trigger() != Work.Trigger.BACKFILL;
    }

    /** A plan that does not tell of the past, or an asset that there is not, says nothing of what there is to read now. */
    private static boolean isOfTheSource(Work work, SourceException failure) {
        return work.trigger() == Work.Trigger.BACKFILL
                && (failure.kind() == SourceException.Kind.UNAVAILABLE
                        || failure.kind() == SourceException.Kind.RATE_LIMITED);
    }

    private void waitFor(Duration pause) {
        Instant next = clock.instant().plus(pause);
        dueAt = next.isAfter(dueAt) ? next : dueAt;
    }

    /** Whether the source asked not to be asked now, by whomever. */
    boolean isLeftAlone() {
        return leftAloneUntil.isAfter(clock.instant());
    }

    /** Until when it did; some time in the past where it did not. */
    Instant leftAloneUntil() {
        return leftAloneUntil;
    }

    /** The same as the next leader is to know it: with another key or plan it may be allowed what this one is not. */
    Instant askedUntil() {
        return askedUntil;
    }

    /** Why it is left alone. */
    String reason() {
        return reason;
    }

    boolean isDue() {
        return !dueAt.isAfter(clock.instant());
    }

    Instant dueAt() {
        return dueAt;
    }

    /** How long it is until then. */
    Duration pause() {
        Duration pause = Duration.between(clock.instant(), dueAt);
        return pause.isNegative() ? Duration.ZERO : pause;
    }
}
