package io.pricewire.normalizer.pipeline;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times as messages have them. */
final class Timestamps {

    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int LARGEST_NANOS = 999_999_999;

    private Timestamps() {}

    /** Whether it is within the bounds that the type has by its definition. */
    static boolean isValid(Timestamp time) {
        return time.getSeconds() >= EARLIEST
                && time.getSeconds() <= LATEST
                && time.getNanos() >= 0
                && time.getNanos() <= LARGEST_NANOS;
    }

    static Timestamp of(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
