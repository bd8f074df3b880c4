package io.pricewire.query.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept in memory for streams, and for how many.
 *
 * @param ringSize how many recent events are kept, so that clients that were away for a while can go on where they were;
 *     1,000 to 10,000,000
 * @param maxStreams the most streams that are open at a time, 1 to 100,000
 * @param heartbeat how long after one sign of life a stream gets the next
 */
@ConfigurationProperties("pricewire.query.stream")
public record StreamSettings(
        @DefaultValue("32768") int ringSize,
        @DefaultValue("10000") int maxStreams,
        @DefaultValue("15s") Duration heartbeat) {

    private static final int SMALLEST_RING = 1_000;
    private static final int LARGEST_RING = 10_000_000;
    private static final int MOST_STREAMS = 100_000;

    public StreamSettings {
        requireBetween("pricewire.query.stream.ring-size", ringSize, SMALLEST_RING, LARGEST_RING);
        requireBetween("pricewire.query.stream.max-streams", maxStreams, 1, MOST_STREAMS);
        if (heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pricewire.query.stream.heartbeat is %s; it takes a millisecond or more".formatted(heartbeat));
        }
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d; it takes %d to %d".formatted(name, value, least, most));
        }
    }
}
