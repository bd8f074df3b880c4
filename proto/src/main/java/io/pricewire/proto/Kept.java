package io.pricewire.proto;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the records of a topic are kept.
 *
 * @param compacted whether only the newest record of each key is kept for long
 * @param retention how long a record is kept at most; null for as long as it is the newest of its key
 */
public record Kept(boolean compacted, @Nullable Duration retention) {

    public Kept {
        if (!compacted && retention == null) {
            throw new IllegalArgumentException("a topic that is not compacted needs a retention");
        }
    }

    private static final Duration ONE_DAY = Duration.ofDays(1);

    /**
     * For how long a record is kept at least that a newer one of its key has superseded; null where that makes no difference.
     * Where old records expire, readers want to go on where they were; else they only want the newest of each key.
     */
    public @Nullable Duration supersededFor() {
        if (!compacted) {
            return null;
        }
        return retention == null ? Duration.ZERO : ONE_DAY;
    }

    static Kept days(int days) {
        return new Kept(false, Duration.ofDays(days));
    }

    static Kept newestOfEachKey() {
        return new Kept(true, null);
    }

    static Kept newestOfEachKeyFor(int days) {
        return new Kept(true, Duration.ofDays(days));
    }
}
