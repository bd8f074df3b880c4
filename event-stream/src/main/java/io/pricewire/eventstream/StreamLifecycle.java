package io.pricewire.eventstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs something for as long as the application runs. When the application stops it is asked to end, and given
 * 25 seconds to end what is in flight; then it is cancelled.
 */
public final class StreamLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Mono<Void> work;
    private final Runnable requestStop;
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private @Nullable Disposable running;

    /**
     * @param work what runs; started when the application has started
     * @param requestStop makes the work complete soon
     */
    public StreamLifecycle(Mono<Void> work, Runnable requestStop) {
        this.work = work;
        this.requestStop = requestStop;
    }

    @Override
    public synchronized void start() {
        running = work.doFinally(signal -> ended.tryEmitEmpty())
                .subscribe(
                        nothing -> {},
                        failure -> log.error("it has ended for good reason={}", failure.toString(), failure));
    }

    @Override
    public synchronized void stop(Runnable callback) {
        if (running == null) {
            callback.run();
            return;
        }
        Disposable current = running;
        running = null;
        requestStop.run();
        ended.asMono()
                .timeout(PATIENCE, Mono.fromRunnable(() -> {
                    log.warn(
                            "what was in flight did not end in time and is cancelled seconds={}", PATIENCE.toSeconds());
                    current.dispose();
                }))
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
