package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class UpkeepTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void beginsAfterItsFirstPauseAndThenAtEveryInterval() {
        start(new Upkeep(time).every(MINUTE, MINUTE.multipliedBy(5), MINUTE, "count", this::count));

        time.advanceTimeBy(MINUTE.minusMillis(1));
        assertThat(rounds).hasValue(0);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(rounds).hasValue(1);
        time.advanceTimeBy(MINUTE.multipliedBy(10));
        assertThat(rounds).hasValue(3);
    }

    @Test
    void beginsAgainAfterAFailure() {
        start(new Upkeep(time)
                .every(MINUTE, MINUTE, MINUTE, "fail", () -> count().then(Mono.error(new IllegalStateException()))));

        time.advanceTimeBy(MINUTE.multipliedBy(3));

        assertThat(rounds).hasValue(3);
    }

    @Test
    void doesNotBeginAgainBeforeItHasEnded() {
        Sinks.Empty<Void> end = Sinks.empty();
        start(new Upkeep(time)
                .every(MINUTE, MINUTE, MINUTE.multipliedBy(20), "wait", () -> count().then(end.asMono())));

        time.advanceTimeBy(MINUTE.multipliedBy(10));
        assertThat(rounds).hasValue(1);
    }

    @Test
    void beginsAgainAfterItsLimitWhereItNeverEnds() {
        start(new Upkeep(time).every(MINUTE, MINUTE, Duration.ofSeconds(30), "hang", () -> count().then(Mono.never())));

        time.advanceTimeBy(MINUTE.multipliedBy(3));

        assertThat(rounds).hasValue(3);
    }

    @Test
    void waitsUntilTheTablesAreThere() {
        Sinks.Empty<Void> tables = Sinks.empty();
        new Upkeep(time)
                .every(Duration.ZERO, MINUTE, MINUTE, "count", this::count)
                .run(tables.asMono())
                .subscribe();
        time.advanceTimeBy(MINUTE.multipliedBy(3));
        assertThat(rounds).hasValue(0);

        tables.tryEmitEmpty();
        time.advanceTimeBy(Duration.ZERO);

        assertThat(rounds).hasValue(1);
    }

    @Test
    void endsWhenItIsToldTo() {
        Upkeep upkeep = new Upkeep(time).every(MINUTE, MINUTE, MINUTE, "count", this::count);
        start(upkeep);
        upkeep.stop();

        time.advanceTimeBy(MINUTE.multipliedBy(3));

        assertThat(rounds).hasValue(0);
    }

    private Mono<Void> count() {
        return Mono.fromRunnable(rounds::incrementAndGet);
    }

    private static void start(Upkeep upkeep) {
        upkeep.run(Mono.empty()).subscribe();
    }
}
