package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthSettingsTest {

    @Test
    void refuseALimitThatIsNone() {
        assertThatThrownBy(() -> new HealthSettings(Duration.ZERO))
                .hasMessage("pricewire.normalizer.health.max-lag is PT0S; it takes more than 0");
    }
}
