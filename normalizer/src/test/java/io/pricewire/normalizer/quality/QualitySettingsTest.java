package io.pricewire.normalizer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QualitySettingsTest {

    @Test
    void scoresEveryMinuteUnlessToldOtherwise() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("pricewire.normalizer.quality", QualitySettings.class))
                .isEqualTo(new QualitySettings(Duration.ofMinutes(1), new BigDecimal("0.02")));
    }

    @Test
    void refusesAnIntervalThatNeverRests() {
        assertThatThrownBy(() -> new QualitySettings(Duration.ZERO, BigDecimal.ONE))
                .hasMessage("pricewire.normalizer.quality.interval is PT0S; it takes PT1S to PT1H");
    }

    @Test
    void refusesALimitThatNothingKeeps() {
        assertThatThrownBy(() -> new QualitySettings(Duration.ofMinutes(1), BigDecimal.ZERO))
                .hasMessage("pricewire.normalizer.quality.agreement-limit is 0; it takes more than 0, and at most 1");
    }
}
