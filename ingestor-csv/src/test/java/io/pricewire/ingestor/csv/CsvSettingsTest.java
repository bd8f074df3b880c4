package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CsvSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void hasTheContractsDefaults() {
        CsvSettings defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("pricewire.csv", CsvSettings.class);

        assertThat(defaults).isEqualTo(new CsvSettings(Path.of("data/csv"), SECOND, Duration.ofSeconds(2), 5_000));
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThatThrownBy(() -> new CsvSettings(Path.of("x"), SECOND, SECOND, 0))
                .hasMessage("pricewire.csv.batch-size is 0; it takes 1 to 100000");
    }

    @Test
    void refusesToLookWithoutAPause() {
        assertThatThrownBy(() -> new CsvSettings(Path.of("x"), Duration.ZERO, SECOND, 1))
                .hasMessage("pricewire.csv.scan-interval is PT0S; it takes more than 0");
    }
}
