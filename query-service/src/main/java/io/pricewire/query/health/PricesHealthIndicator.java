package io.pricewire.query.health;

import io.pricewire.query.prices.LatestPrices;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Not ready before all is known that was published before this instance started. */
public final class PricesHealthIndicator extends AbstractHealthIndicator {

    private final LatestPrices prices;

    public PricesHealthIndicator(LatestPrices prices) {
        this.prices = prices;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (prices.isComplete()) {
            health.up();
        } else {
            health.outOfService().withDetail("reason", "the latest prices are still being read");
        }
    }
}
