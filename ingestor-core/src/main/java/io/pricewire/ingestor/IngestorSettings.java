package io.pricewire.ingestor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is the same for every ingestor.
 *
 * @param heartbeat an asset that does not change is published again after this; until three polls later it is not stale
 * @param retryDelay how long after a round in which a source was not available the next begins, at least
 * @param longestRetryDelay and at most, unless the source asks for more time
 */
@ConfigurationProperties("pricewire.ingestor")
public record IngestorSettings(
        @DefaultValue("15m") Duration heartbeat,
        @DefaultValue("10s") Duration retryDelay,
        @DefaultValue("60s") Duration longestRetryDelay) {

    public IngestorSettings {
        requirePositive("pricewire.ingestor.heartbeat", heartbeat);
        requirePositive("pricewire.ingestor.retry-delay", retryDelay);
        requirePositive("pricewire.ingestor.longest-retry-delay", longestRetryDelay);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s is %s; it takes more than 0".formatted(name, value));
        }
    }
}
