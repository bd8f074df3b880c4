package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HealthSettingsTest {

    @Test
    void allowFiveMinutes() {
        assertThat(bind(Map.of()).maxLag()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void refuseALimitThatIsNone() {
        assertThatThrownBy(() -> bind(Map.of("max-lag", "0s")))
                .rootCause()
                .hasMessage("pricewire.normalizer.health.max-lag is PT0S; it takes more than 0");
    }

    private static HealthSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("", HealthSettings.class);
    }
}
