package io.pricewire.normalizer;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * What is done for the tables from time to time, each thing on its own. One that takes longer than its interval is not
 * begun again before it has ended, and one that fails, or does not end within its limit, is begun again all the same.
 */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Scheduler scheduler;
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private Flux<Void> tasks = Flux.empty();

    /** @param scheduler tells the time */
    Upkeep(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Adds a task.
     *
     * @param limit after which it is cancelled and has failed, as where the server says nothing any more
     */
    Upkeep every(Duration first, Duration interval, Duration limit, String name, Supplier<Mono<Void>> task) {
        tasks = tasks.mergeWith(Flux.interval(first, interval, scheduler)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.defer(task).timeout(limit, scheduler).onErrorResume(failure -> {
                            log.warn("upkeep has failed task={} reason={}", name, failure.toString());
                            return Mono.empty();
                        }),
                        1));
        return this;
    }

    /**
     * Runs until {@link #stop}, which cancels what is being done.
     *
     * @param tables completes when the tables are there; nothing is done, and no time passes, before
     */
    Mono<Void> run(Mono<Void> tables) {
        return tables.thenMany(tasks).takeUntilOther(stopped.asMono()).then();
    }

    void stop() {
        stopped.tryEmitEmpty();
    }
}
