package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class HttpSettingsTest {

    @Test
    void hasTheDefaultsOfTheContract() {
        assertThat(bind(Map.of()))
                .isEqualTo(new HttpSettings(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500),
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        DataSize.ofMegabytes(32),
                        20,
                        80,
                        Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request-timeout|0s|REQUEST_TIMEOUT is PT0S; it takes 1ms or more",
                "request-delay|-1s|REQUEST_DELAY is PT-1S; it takes 0 or more",
                "max-retries|21|MAX_RETRIES is 21; it takes 0 to 20",
                "max-retry-delay|500ms|MAX_RETRY_DELAY is PT0.5S; it takes no less than INITIAL_RETRY_DELAY, PT1S",
                "breaker-calls|1|pricewire.http.breaker-calls is 1; it takes 2 to 1,000",
                "max-response-size|0B|pricewire.http.max-response-size is 0B; it takes 1B to 2047MB"
            })
    void refusesWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("pricewire.http." + name, value)))
                .rootCause()
                .hasMessage(message);
    }

    private static HttpSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("pricewire.http", HttpSettings.class);
    }
}
