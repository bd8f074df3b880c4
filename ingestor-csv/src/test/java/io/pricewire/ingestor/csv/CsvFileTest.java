package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {

    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "prices_2022-03-16.csv,2022-03-16T00:00:00Z",
        "20220316.csv,2022-03-16T00:00:00Z",
        "2022-03-16T12:30.csv,2022-03-16T12:30:00Z",
        "snapshot-2022-03-16_123059.csv,2022-03-16T12:30:59Z"
    })
    void takesTheTimeFromTheName(String name, Instant time) {
        CsvFile file = file(name, FileLabel.NONE);

        assertThat(file.observedAt()).isEqualTo(time);
        assertThat(file.isObservedAtAssumed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"prices.csv", "2022-13-45.csv"})
    void takesTheTimeOfModificationWhereTheNameHasNone(String name) {
        assertThat(file(name, FileLabel.NONE).observedAt()).isEqualTo(MODIFIED);
    }

    @Test
    void takesTheTimeOfModificationBeforeTheFileWasCopied() {
        Instant before = MODIFIED.minusSeconds(60);

        assertThat(file("prices.csv", new FileLabel(null, before, null, null)).observedAt())
                .isEqualTo(before);
    }

    @Test
    void believesItsOwnerFirst() {
        Instant said = Instant.parse("2020-01-01T00:00:00Z");
        CsvFile file = file("prices_2022-03-16.csv", new FileLabel(null, null, null, said));

        assertThat(file.observedAt()).isEqualTo(said);
        assertThat(file.isObservedAtAssumed()).isFalse();
    }

    @Test
    void isCalledWhatItWasCalledBeforeItWasCopied() {
        assertThat(file("0123.csv", new FileLabel("mine.csv", null, null, null)).name())
                .isEqualTo("mine.csv");
    }

    private static CsvFile file(String name, FileLabel label) {
        return new CsvFile(Path.of("folder", name), "key", 1, MODIFIED, label);
    }
}
