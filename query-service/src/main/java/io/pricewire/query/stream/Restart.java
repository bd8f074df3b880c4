package io.pricewire.query.stream;

import java.time.Duration;
import org.slf4j.Logger;
import reactor.util.retry.Retry;

/** Trying again for as long as it takes. */
final class Restart {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private Restart() {}

    static Retry after(Logger log, String what) {
        return Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .doBeforeRetry(attempt -> log.warn(
                        "{} attempt={} reason={}",
                        what,
                        attempt.totalRetries() + 1,
                        String.valueOf(attempt.failure())));
    }
}
