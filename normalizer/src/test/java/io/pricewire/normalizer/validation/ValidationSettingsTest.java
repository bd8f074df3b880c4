package io.pricewire.normalizer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ValidationSettingsTest {

    @Test
    void toleratesAMinuteUnlessToldOtherwise() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("x", ValidationSettings.class)
                        .futureTolerance())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesATimeInThePastAsTheFuture() {
        assertThatThrownBy(() -> new ValidationSettings(Duration.ofSeconds(-1), BigDecimal.valueOf(1_000)))
                .hasMessage("pricewire.normalizer.validation.future-tolerance is PT-1S; it takes 0 or more");
    }
}
