package io.pricewire.normalizer.quality;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the quality of sources is scored.
 *
 * @param interval how long after one calculation the next is due, a second to an hour
 * @param agreementLimit how far from the reference price, as a share of it, a price may be that agrees with it; more than
 *     0, at most 1
 */
@ConfigurationProperties("pricewire.normalizer.quality")
public record QualitySettings(
        @DefaultValue("1m") Duration interval,
        @DefaultValue("0.02") BigDecimal agreementLimit) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public QualitySettings {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("pricewire.normalizer.quality.interval is %s; it takes %s to %s"
                    .formatted(interval, SHORTEST, LONGEST));
        }
        if (agreementLimit.signum() <= 0 || agreementLimit.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.quality.agreement-limit is %s; it takes more than 0, and at most 1"
                            .formatted(agreementLimit.toPlainString()));
        }
    }
}
