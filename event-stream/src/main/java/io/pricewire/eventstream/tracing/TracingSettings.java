package io.pricewire.eventstream.tracing;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans are sent, and of how many runs. The same for all services, so that a trace is whole.
 *
 * @param endpoint of a collector that speaks OTLP over HTTP: {@code http://localhost:4318/v1/traces}; where it is empty,
 *     nothing is traced
 * @param probability the share of runs that are traced, 0 to 1
 */
@ConfigurationProperties("pricewire.tracing")
record TracingSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("0.1") BigDecimal probability) {

    TracingSettings {
        if (!endpoint.isEmpty() && !endpoint.matches("https?://[^\\s@]+")) {
            throw new IllegalArgumentException(
                    "pricewire.tracing.endpoint is no address like http://localhost:4318/v1/traces without a password in it");
        }
        if (probability.signum() < 0 || probability.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "pricewire.tracing.probability is %s; it takes 0 to 1".formatted(probability));
        }
    }

    boolean isOn() {
        return !endpoint.isEmpty() && probability.signum() > 0;
    }
}
