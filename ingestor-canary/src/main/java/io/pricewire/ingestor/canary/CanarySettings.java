package io.pricewire.ingestor.canary;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The canary: a price of no asset that takes the way of all prices, and is hidden from all lists.
 *
 * @param interval how often it is sent
 */
@ConfigurationProperties("pricewire.canary")
record CanarySettings(@DefaultValue("1m") Duration interval) {

    CanarySettings {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pricewire.canary.interval is %s; it takes a millisecond or more".formatted(interval));
        }
    }
}
