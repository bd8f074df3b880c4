package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StreamSettingsTest {

    @Test
    void beatsEvery15SecondsUnlessToldOtherwise() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("pricewire.query.stream", StreamSettings.class))
                .isEqualTo(new StreamSettings(32_768, 10_000, Duration.ofSeconds(15)));
    }

    @Test
    void refusesARingThatIsTooSmallToGoOnIn() {
        assertThatThrownBy(() -> new StreamSettings(999, 1, Duration.ofSeconds(1)))
                .hasMessage("pricewire.query.stream.ring-size is 999; it takes 1000 to 10000000");
    }

    @Test
    void refusesAHeartbeatThatNeverRests() {
        assertThatThrownBy(() -> new StreamSettings(1_000, 1, Duration.ZERO))
                .hasMessage("pricewire.query.stream.heartbeat is PT0S; it takes a millisecond or more");
    }
}
