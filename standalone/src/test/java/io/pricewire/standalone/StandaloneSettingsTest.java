package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StandaloneSettingsTest {

    @Test
    void keepsEverythingBelowTheWorkingDirectory() {
        StandaloneSettings defaults = bind(Map.of());

        assertThat(defaults.folder()).isEqualTo(Path.of(".pricewire").toAbsolutePath());
        assertThat(defaults.csvDirectory()).isEqualTo(Path.of("data/csv").toAbsolutePath());
        assertThat(defaults.httpPort()).isEqualTo(8080);
        assertThat(defaults.embedsKafka()).isTrue();
        assertThat(defaults.embedsPostgres()).isTrue();
        assertThat(defaults.isElsewhere()).isFalse();
    }

    @Test
    void leavesOutServersThatAreGiven() {
        StandaloneSettings settings =
                bind(Map.of("kafka", "broker:9092", "database", "postgresql://me:secret@db/prices"));

        assertThat(settings.embedsKafka()).isFalse();
        assertThat(settings.embedsPostgres()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"kafka,broker:9092", "database,postgresql://me:secret@db/prices"})
    void isNotSelfContainedWithAServerOfOthers(String setting, String server) {
        assertThat(bind(Map.of()).isSelfContained()).isTrue();
        assertThat(bind(Map.of(setting, server)).isSelfContained()).isFalse();
    }

    @Test
    void refusesAPortThatThereIsNot() {
        assertThatThrownBy(() -> bind(Map.of("http-port", "70000")))
                .rootCause()
                .hasMessage("SERVER_PORT is 70000; it takes 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {" key", "key\n", "sch\u00fcssel"})
    void refusesAKeyThatNoHeaderTakesAndDoesNotShowIt(String key) {
        assertThatThrownBy(() -> bind(Map.of("api-key", key)))
                .rootCause()
                .hasMessage(
                        "pricewire.standalone.api-key takes printable characters of ASCII, and no space at its ends;"
                                + " no header brings others");
        assertThat(bind(Map.of("api-key", "a pass phrase")).apiKey()).isEqualTo("a pass phrase");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,http://localhost:8080",
        "0.0.0.0,http://localhost:8080",
        "::,http://localhost:8080",
        "10.0.0.5,http://10.0.0.5:8080",
        "127.0.0.2,http://127.0.0.2:8080",
        "2001:db8::1,http://[2001:db8:0:0:0:0:0:1]:8080"
    })
    void saysWhereItsApiIs(String address, String url) {
        assertThat(bind(Map.of("http-address", address)).url()).isEqualTo(url);
    }

    private static StandaloneSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", StandaloneSettings.class);
    }
}
