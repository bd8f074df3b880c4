package io.pricewire.ingestor;

import java.time.Duration;

/**
 * How long a source is left alone between rounds.
 *
 * @param interval after a round in which all went well
 * @param retryDelay the least after one in which the source was away
 * @param longestDelay the most after one in which the source was away, unless it asks for more
 */
record Pauses(Duration interval, Duration retryDelay, Duration longestDelay) {

    /** Nobody is waited for longer than this, whatever it asks for. */
    private static final Duration MOST = Duration.ofHours(1);

    Duration afterSuccess() {
        return interval;
    }

    /** What a source asks for is granted, within bounds; what cannot be read now will not be a moment later. */
    Duration after(SourceException failure) {
        Duration asked = failure.retryAfter();
        return switch (failure.kind()) {
            case UNREADABLE -> interval;
            case NOT_ALLOWED -> asked == null ? interval : longer(asked, interval);
            case UNAVAILABLE, RATE_LIMITED ->
                longer(
                        asked == null ? Duration.ZERO : shorter(asked, MOST),
                        longer(retryDelay, shorter(interval, longestDelay)));
        };
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
