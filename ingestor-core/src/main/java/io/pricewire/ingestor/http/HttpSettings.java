package io.pricewire.ingestor.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How services on the web are asked, the same for all of them.
 *
 * @param requestTimeout the most that one request may take, from the connection to the end of the answer
 * @param requestDelay how long after a successful call the next is made, at least
 * @param maxRetries how often a call is made again that failed in a way that may pass, 0 to 20
 * @param initialRetryDelay before the first of these; doubled before each other, and varied by up to a half
 * @param maxRetryDelay the longest of these
 * @param longestRetryAfter a service that asks to be left alone is, within a run for this long at most; where it asks for
 *     more, the run ends and the next waits
 * @param maxResponseSize the most that an answer may have, unpacked; as much is kept of answers that a service need not send
 *     again while they are current
 * @param breakerCalls of so many last calls it is judged whether a service is asked at all, 2 to 1,000
 * @param breakerFailurePercent it is not while so many of them failed, 1 to 100
 * @param breakerPause after which it is tried again
 */
@ConfigurationProperties("pricewire.http")
public record HttpSettings(
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("500ms") Duration requestDelay,
        @DefaultValue("3") int maxRetries,
        @DefaultValue("1s") Duration initialRetryDelay,
        @DefaultValue("60s") Duration maxRetryDelay,
        @DefaultValue("5m") Duration longestRetryAfter,
        @DefaultValue("32MB") DataSize maxResponseSize,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("80") int breakerFailurePercent,
        @DefaultValue("30s") Duration breakerPause) {

    private static final int MOST_RETRIES = 20;
    private static final int MOST_BREAKER_CALLS = 1_000;
    private static final int PERCENT = 100;

    public HttpSettings {
        requirePositive("REQUEST_TIMEOUT", requestTimeout);
        requireNotNegative("REQUEST_DELAY", requestDelay);
        requireBetween("MAX_RETRIES", maxRetries, 0, MOST_RETRIES);
        requirePositive("INITIAL_RETRY_DELAY", initialRetryDelay);
        requirePositive("MAX_RETRY_DELAY", maxRetryDelay);
        requireNotNegative("pricewire.http.longest-retry-after", longestRetryAfter);
        requireBetween("pricewire.http.breaker-calls", breakerCalls, 2, MOST_BREAKER_CALLS);
        requireBetween("pricewire.http.breaker-failure-percent", breakerFailurePercent, 1, PERCENT);
        requirePositive("pricewire.http.breaker-pause", breakerPause);
        if (maxRetryDelay.compareTo(initialRetryDelay) < 0) {
            throw new IllegalArgumentException("MAX_RETRY_DELAY is %s; it takes no less than INITIAL_RETRY_DELAY, %s"
                    .formatted(maxRetryDelay, initialRetryDelay));
        }
        if (maxResponseSize.toBytes() < 1 || maxResponseSize.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "pricewire.http.max-response-size is %s; it takes 1B to 2047MB".formatted(maxResponseSize));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw new IllegalArgumentException("%s is %s; it takes 1ms or more".formatted(name, value));
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("%s is %s; it takes 0 or more".formatted(name, value));
        }
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d; it takes %d to %,d".formatted(name, value, least, most));
        }
    }
}
