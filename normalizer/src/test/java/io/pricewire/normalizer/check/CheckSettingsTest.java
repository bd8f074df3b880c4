package io.pricewire.normalizer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CheckSettingsTest {

    @Test
    void looksFourTimesADay() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("pricewire.normalizer.check", CheckSettings.class))
                .isEqualTo(new CheckSettings(Duration.ofHours(6), Duration.ofSeconds(30)));
    }

    @Test
    void refusesToLookAllTheTime() {
        assertThatThrownBy(() -> new CheckSettings(Duration.ofSeconds(59), Duration.ofSeconds(1)))
                .hasMessage("pricewire.normalizer.check.interval is PT59S; it takes 1m or more");
    }

    @Test
    void refusesChecksWithoutALimit() {
        assertThatThrownBy(() -> new CheckSettings(Duration.ofHours(1), Duration.ZERO))
                .hasMessage("pricewire.normalizer.check.limit is PT0S; it takes 1ms to 1h");
        assertThatThrownBy(() -> new CheckSettings(Duration.ofHours(1), Duration.ofMinutes(61)))
                .hasMessage("pricewire.normalizer.check.limit is PT1H1M; it takes 1ms to 1h");
    }
}
