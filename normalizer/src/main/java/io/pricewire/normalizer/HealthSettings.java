package io.pricewire.normalizer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the normalizer is not ready.
 *
 * @param maxLag what it is processing may have been published so long ago
 */
@ConfigurationProperties("pricewire.normalizer.health")
record HealthSettings(@DefaultValue("5m") Duration maxLag) {

    HealthSettings {
        if (maxLag.isNegative() || maxLag.isZero()) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.health.max-lag is %s; it takes more than 0".formatted(maxLag));
        }
    }
}
