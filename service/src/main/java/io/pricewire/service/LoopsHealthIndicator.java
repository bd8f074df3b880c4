package io.pricewire.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.scheduler.Scheduler;

/**
 * Whether the threads on which pipelines, timers and streams run still move on: each leaves a sign every second. A thread that
 * has left none for half a minute is stuck, which nothing but a restart ends. What merely waits, for a database or for a
 * source, holds up no thread.
 */
final class LoopsHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final List<Loop> loops = new ArrayList<>();
    private final Duration stuckAfter;

    /** @param scheduler that hands out its threads one after the other */
    LoopsHealthIndicator(Scheduler scheduler, int threads) {
        this(scheduler, threads, EVERY, STUCK_AFTER);
    }

    LoopsHealthIndicator(Scheduler scheduler, int threads, Duration every, Duration stuckAfter) {
        this.stuckAfter = stuckAfter;
        IntStream.range(0, threads).forEach(thread -> loops.add(new Loop(scheduler.createWorker(), every)));
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        long stuck = loops.stream().filter(loop -> loop.isStuck(stuckAfter)).count();
        if (stuck == 0) {
            health.up();
        } else {
            health.down()
                    .withDetail(
                            "reason",
                            "%d of %d threads have not moved on for %d s"
                                    .formatted(stuck, loops.size(), stuckAfter.toSeconds()));
        }
    }

    @Override
    public void destroy() {
        loops.forEach(loop -> loop.worker.dispose());
    }

    private static final class Loop {

        private final Scheduler.Worker worker;
        private volatile long movedOn = System.nanoTime();

        Loop(Scheduler.Worker worker, Duration every) {
            this.worker = worker;
            worker.schedulePeriodically(() -> movedOn = System.nanoTime(), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        }

        boolean isStuck(Duration after) {
            return System.nanoTime() - movedOn > after.toNanos();
        }
    }
}
