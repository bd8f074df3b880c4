package seeded.query;

import java.time.Instant;

/** Breaks a rule on purpose. */
final class ReadsTheClock {

    boolean isPast(Instant time) {
        return time.isBefore(Instant.now());
    }
}
