package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class LoopsHealthIndicatorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scheduler scheduler = Schedulers.newParallel("loops", 2);
    private final CountDownLatch end = new CountDownLatch(1);
    private final LoopsHealthIndicator indicator =
            new LoopsHealthIndicator(scheduler, 2, Duration.ofMillis(10), Duration.ofSeconds(5));

    @AfterEach
    void stop() {
        end.countDown();
        indicator.destroy();
        scheduler.dispose();
    }

    @Test
    void isUpWhileAllThreadsMoveOn() {
        await().atMost(PATIENCE).until(() -> indicator.health(false).getStatus().equals(Status.UP));
    }

    @Test
    void isDownWhileAThreadIsStuckAndUpAgainAfterwards() {
        scheduler.schedule(this::block);

        await().atMost(PATIENCE).untilAsserted(() -> {
            Health health = indicator.health(true);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("reason")).isEqualTo("1 of 2 threads have not moved on for 5 s");
        });

        end.countDown();
        await().atMost(PATIENCE).until(() -> indicator.health(false).getStatus().equals(Status.UP));
    }

    private void block() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
