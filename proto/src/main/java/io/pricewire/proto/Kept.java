package io.pricewire.proto;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the records of a topic are kept.
 *
 * @param compacted whether the newest record of each key is kept whatever its age
 * @param retention how long other records are kept; null for as long as they are the newest of their key
 */
public record Kept(boolean compacted, @Nullable Duration retention) {

    public Kept {
        if (!compacted && retention == null) {
            throw new IllegalArgumentException("a topic that is not compacted needs a retention");
        }
    }

    static Kept days(int days) {
        return new Kept(false, Duration.ofDays(days));
    }

    static Kept newestOfEachKey() {
        return new Kept(true, null);
    }
}
