package io.pricewire.normalizer.check;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often what is stored is checked, as {@code ./pricewire check} does it.
 *
 * @param interval how long after one round of checks the next begins; the first begins five minutes after the start
 * @param limit the most that one check may take; one that takes longer tells nothing
 */
@ConfigurationProperties("pricewire.normalizer.check")
public record CheckSettings(
        @DefaultValue("6h") Duration interval,
        @DefaultValue("30s") Duration limit) {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIMIT = Duration.ofHours(1);

    public CheckSettings {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.check.interval is %s; it takes 1m or more".formatted(interval));
        }
        if (limit.toMillis() < 1 || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.check.limit is %s; it takes 1ms to 1h".formatted(limit));
        }
    }
}
