package io.pricewire.query.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the query service is not ready to answer.
 *
 * @param maxLag what it reads may have been published so long ago
 * @param requiresFreshSources whether it is not ready while polled sources have prices and none is fresh
 */
@ConfigurationProperties("pricewire.query.health")
public record HealthSettings(
        @DefaultValue("1m") Duration maxLag,
        @DefaultValue("true") boolean requiresFreshSources) {

    public HealthSettings {
        if (maxLag.isNegative() || maxLag.isZero()) {
            throw new IllegalArgumentException(
                    "pricewire.query.health.max-lag is %s; it takes more than 0".formatted(maxLag));
        }
    }
}
