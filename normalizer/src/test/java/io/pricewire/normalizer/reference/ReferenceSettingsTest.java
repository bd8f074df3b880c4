package io.pricewire.normalizer.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(Quotations.settings(Map.of()))
                .isEqualTo(new ReferenceSettings(
                        new BigDecimal("0.05"),
                        new BigDecimal("0.4"),
                        2,
                        new BigDecimal("0.001"),
                        Duration.ofMinutes(5),
                        new BigDecimal("0.1"),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "agreement,-0.01,0 to 1",
        "agreement,1.01,0 to 1",
        "weight-cap,0.33,0.34 to 0.49",
        "weight-cap,0.5,0.34 to 0.49",
        "enough-sources,0,1 to 10",
        "enough-sources,11,1 to 10",
        "deviation,-0.001,0 to 1",
        "heartbeat,0s,more than 0",
        "jump,0,more than 0",
        "jump-memory,-1s,more than 0",
        "interval,0ms,1 ms or more",
        "batch-size,0,1 to 50000",
        "batch-size,50001,1 to 50000"
    })
    void refusesWhatMakesNoSense(String name, String value, String accepted) {
        assertThatThrownBy(() -> Quotations.settings(Map.of(name, value)))
                .rootCause()
                .hasMessageStartingWith("pricewire.normalizer.reference." + name + " is ")
                .hasMessageEndingWith("; it takes " + accepted);
    }

    @ParameterizedTest
    @CsvSource({"agreement,0", "agreement,1", "weight-cap,0.34", "weight-cap,0.49", "deviation,0", "batch-size,50000"})
    void acceptsTheLimitsThemselves(String name, String value) {
        assertThat(Quotations.settings(Map.of(name, value))).isNotNull();
    }
}
