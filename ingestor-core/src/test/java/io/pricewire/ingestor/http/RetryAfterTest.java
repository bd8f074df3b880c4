package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "119|119",
                " 0 |0",
                "Sat, 21 Nov 2026 07:01:30 GMT|90",
                "Sat, 21 Nov 2026 06:00:00 GMT|0",
                "999999999|999999999"
            })
    void readsSecondsAndDates(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void takesWhatItDoesNotUnderstandForNothing(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(RetryAfter.read(null, NOW)).isNull();
    }
}
