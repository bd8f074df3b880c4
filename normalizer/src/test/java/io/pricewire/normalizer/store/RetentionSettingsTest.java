package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionSettingsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    @Test
    void hasTheDefaultsOfTheContract() {
        RetentionSettings settings = bind(Map.of());

        assertThat(settings).isEqualTo(new RetentionSettings("forever", "30d", "30d", "", Duration.ofHours(1)));
        assertThat(settings.historyExpiresBefore(NOW)).isNull();
        assertThat(settings.rawExpiresBefore(NOW)).isEqualTo("2026-10-22T07:00:00Z");
        assertThat(settings.rejectedExpiresBefore(NOW)).isEqualTo("2026-10-22T07:00:00Z");
        assertThat(settings.archive()).isNull();
    }

    @Test
    void readsDurationsAsEverywhereElse() {
        assertThat(bind(Map.of("pricewire.normalizer.retention.history", "3600"))
                        .historyExpiresBefore(NOW))
                .isEqualTo("2026-11-21T06:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "history, HISTORY_RETENTION, never",
        "history, HISTORY_RETENTION, 0",
        "raw, RAW_RETENTION, -1d",
        "rejected, REJECTED_RETENTION, 36501d",
        "rejected, REJECTED_RETENTION, 999999999999d"
    })
    void refusesWhatIsNoPeriodByTheNameOfTheVariable(String name, String variable, String value) {
        assertThatThrownBy(() -> bind(Map.of("pricewire.normalizer.retention." + name, value)))
                .rootCause()
                .hasMessage(
                        ("%s is \"%s\"; it takes forever, or more than 0 and up to 36500d: seconds, or a number with s,"
                                        + " m, h or d")
                                .formatted(variable, value));
    }

    @Test
    void takesTheLongestPeriod() {
        assertThat(bind(Map.of("pricewire.normalizer.retention.raw", "36500d")).rawExpiresBefore(NOW))
                .isEqualTo("1926-12-16T07:00:00Z");
    }

    @Test
    void refusesAFileAsTheFolderOfTheArchive(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("archive"));

        assertThatThrownBy(() -> new RetentionSettings("1d", "1d", "1d", file.toString(), Duration.ofHours(1)))
                .hasMessage("ARCHIVE_DIRECTORY is \"%s\", which is a file; it takes a folder".formatted(file));
    }

    @Test
    void refusesToLookWithoutAPause() {
        assertThatThrownBy(() -> new RetentionSettings("1d", "1d", "1d", "", Duration.ofMillis(999)))
                .hasMessage("pricewire.normalizer.retention.interval is PT0.999S; it takes 1s or more");
    }

    private static RetentionSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("pricewire.normalizer.retention", RetentionSettings.class);
    }
}
