package io.pricewire.normalizer.reference;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reference prices are made, and when they are published. Shares are fractions: 0.05 is 5 %.
 *
 * @param agreement two prices agree if they differ by no more than this share of the middle between them, 0 to 1
 * @param weightCap the largest share of all weights that one of three or more sources can have, 0.34 to 0.49, so that none
 *     decides alone
 * @param enoughSources with fewer sources used the price is degraded, 1 to 10
 * @param deviation a price is published when it differs by this share from what was published last, 0 to 1
 * @param heartbeat a price that is not stale is published after this at the latest
 * @param jump a larger change than this share is unconfirmed unless two of the sources used agree with it, more than 0
 * @param jumpMemory how long a jump stays unconfirmed, and a price is remembered that jumps are measured from
 * @param interval how often it is looked for what only time has changed: staleness, heartbeats; under load, every two or
 *     three seconds
 * @param batchSize while the prices of so many assets and currencies have changed and wait, nothing more is read,
 *     1 to 50,000; as many are computed at a time that time alone has changed
 */
@ConfigurationProperties("pricewire.normalizer.reference")
public record ReferenceSettings(
        @DefaultValue("0.05") BigDecimal agreement,
        @DefaultValue("0.4") BigDecimal weightCap,
        @DefaultValue("2") int enoughSources,
        @DefaultValue("0.001") BigDecimal deviation,
        @DefaultValue("5m") Duration heartbeat,
        @DefaultValue("0.1") BigDecimal jump,
        @DefaultValue("1h") Duration jumpMemory,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("10000") int batchSize) {

    private static final BigDecimal LEAST_CAP = new BigDecimal("0.34");
    private static final BigDecimal LARGEST_CAP = new BigDecimal("0.49");
    private static final int MOST_SOURCES = 10;
    private static final int LARGEST_BATCH = 50_000;

    public ReferenceSettings {
        require(isShare(agreement), "agreement", agreement, "0 to 1");
        require(isBetween(LEAST_CAP, weightCap, LARGEST_CAP), "weight-cap", weightCap, "0.34 to 0.49");
        require(isBetween(1, enoughSources, MOST_SOURCES), "enough-sources", enoughSources, "1 to 10");
        require(isShare(deviation), "deviation", deviation, "0 to 1");
        require(heartbeat.isPositive(), "heartbeat", heartbeat, "more than 0");
        require(jump.signum() > 0, "jump", jump, "more than 0");
        require(jumpMemory.isPositive(), "jump-memory", jumpMemory, "more than 0");
        require(interval.toMillis() > 0, "interval", interval, "1 ms or more");
        require(isBetween(1, batchSize, LARGEST_BATCH), "batch-size", batchSize, "1 to 50000");
    }

    private static boolean isShare(BigDecimal value) {
        return isBetween(BigDecimal.ZERO, value, BigDecimal.ONE);
    }

    private static <T extends Comparable<T>> boolean isBetween(T least, T value, T most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean isAccepted, String name, Object value, String accepted) {
        if (!isAccepted) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.reference.%s is %s; it takes %s".formatted(name, value, accepted));
        }
    }
}
