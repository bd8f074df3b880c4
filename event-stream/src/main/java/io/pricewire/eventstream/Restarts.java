package io.pricewire.eventstream;

import java.time.Duration;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** What all that runs for ever does after a failure: say so, wait, and start again. */
final class Restarts {

    private static final Logger log = LoggerFactory.getLogger(Restarts.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private Restarts() {}

    /** Without end, with growing delays that begin anew after a success (an element), until told to stop. */
    static Retry until(Publisher<?> stop, String what) {
        Retry backoff = Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .transientErrors(true)
                .doBeforeRetry(signal -> {
                    log.warn(
                            "{} failed and is started again attempt={} reason={}",
                            what,
                            signal.totalRetriesInARow() + 1,
                            String.valueOf(signal.failure()));
                    log.debug("the failure", signal.failure());
                });
        return Retry.from(
                failures -> Flux.from(backoff.generateCompanion(failures)).takeUntilOther(stop));
    }
}
