package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IngestorSettingsTest {

    @Test
    void publishesWhatDoesNotChangeEveryQuarterOfAnHour() {
        IngestorSettings defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("pricewire.ingestor", IngestorSettings.class);

        assertThat(defaults)
                .isEqualTo(
                        new IngestorSettings(Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofSeconds(60)));
    }

    @Test
    void refusesAHeartbeatThatNeverBeats() {
        assertThatThrownBy(() -> new IngestorSettings(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .hasMessage("pricewire.ingestor.heartbeat is PT0S; it takes more than 0");
    }

    @Test
    void refusesARetryWithoutADelay() {
        assertThatThrownBy(() ->
                        new IngestorSettings(Duration.ofSeconds(1), Duration.ofSeconds(-1), Duration.ofSeconds(60)))
                .hasMessage("pricewire.ingestor.retry-delay is PT-1S; it takes more than 0");
    }
}
