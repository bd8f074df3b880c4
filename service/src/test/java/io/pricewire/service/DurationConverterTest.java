package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "30,PT30S",
        "0.5,PT0.5S",
        "10s,PT10S",
        "1.5m,PT1M30S",
        "2h,PT2H",
        "30d,PT720H",
        "250ms,PT0.25S",
        "PT1H,PT1H"
    })
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(DurationConverter.read(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5 weeks", "-5", "1e3", "1.2.3s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> DurationConverter.read(text))
                .hasMessage(
                        "\"%s\" is no duration; it takes seconds, or a number with ms, s, m, h or d".formatted(text));
    }

    @Test
    void takesSecondsWhereThereIsNoUnit() {
        assertThat(DurationConverter.read("1")).isEqualTo(Duration.ofSeconds(1));
    }
}
