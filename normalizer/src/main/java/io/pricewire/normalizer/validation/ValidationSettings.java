package io.pricewire.normalizer.validation;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the rules draw their lines.
 *
 * @param futureTolerance how far ahead of our clock a source's time may be
 * @param unitFactor how many times larger or smaller than price times circulating supply a market cap may be
 */
@ConfigurationProperties("pricewire.normalizer.validation")
public record ValidationSettings(
        @DefaultValue("1m") Duration futureTolerance,
        @DefaultValue("1000") BigDecimal unitFactor) {

    public ValidationSettings {
        if (futureTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.validation.future-tolerance is %s; it takes 0 or more"
                            .formatted(futureTolerance));
        }
        if (unitFactor.compareTo(BigDecimal.ONE) < 0) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.validation.unit-factor is %s; it takes 1 or more".formatted(unitFactor));
        }
    }
}
