package io.pricewire.service;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Not ready while what is being processed was published longer ago than it may be. */
public final class LagHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<Duration> lag;
    private final Duration most;

    /**
     * @param lag how long ago what is being processed was published, as far as who tells it knows
     * @param most the longest lag with which it is ready
     */
    public LagHealthIndicator(Supplier<Duration> lag, Duration most) {
        this.lag = lag;
        this.most = most;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Duration current = lag.get();
        if (current.compareTo(most) <= 0) {
            health.up();
        } else {
            health.outOfService()
                    .withDetail(
                            "reason",
                            "what is being processed was published %d s ago, which is more than %d s"
                                    .formatted(current.toSeconds(), most.toSeconds()));
        }
        health.withDetail("lag_seconds", current.toSeconds());
    }
}
