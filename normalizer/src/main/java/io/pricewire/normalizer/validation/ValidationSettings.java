package io.pricewire.normalizer.validation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the rules draw their lines.
 *
 * @param futureTolerance how far ahead of our clock a source's time may be
 */
@ConfigurationProperties("pricewire.normalizer.validation")
public record ValidationSettings(@DefaultValue("1m") Duration futureTolerance) {

    public ValidationSettings {
        if (futureTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "pricewire.normalizer.validation.future-tolerance is %s; it takes 0 or more"
                            .formatted(futureTolerance));
        }
    }
}
