package io.pricewire.ingestor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a source was asked within the last minute. May be used by several threads. */
final class MinuteOfCalls {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int most;
    private final Clock clock;
    private final Deque<Instant> calls = new ArrayDeque<>();

    MinuteOfCalls(CallBudget budget, Clock clock) {
        this.most = budget.perMinute();
        this.clock = clock;
    }

    boolean isBounded() {
        return most > 0;
    }

    /** A call is about to be made. */
    synchronized void add() {
        if (isBounded()) {
            calls.addLast(clock.instant());
            forgetOld();
        }
    }

    /** How many more may be made now. */
    synchronized long left() {
        forgetOld();
        return Math.max(0, most - calls.size());
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(MINUTE);
        while (!calls.isEmpty() && !calls.getFirst().isAfter(oldest)) {
            calls.removeFirst();
        }
    }
}
