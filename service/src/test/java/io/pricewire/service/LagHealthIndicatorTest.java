package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LagHealthIndicatorTest {

    private static final Duration MOST = Duration.ofMinutes(5);

    @Test
    void isUpAtTheLimit() {
        assertThat(health(MOST).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void saysHowFarItIsBehindAboveIt() {
        Health health = health(MOST.plusSeconds(1));

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("reason", "what is being processed was published 301 s ago, which is more than 300 s")
                .containsEntry("lag_seconds", 301L);
    }

    private static Health health(Duration lag) {
        return new LagHealthIndicator(() -> lag, MOST).health(true);
    }
}
