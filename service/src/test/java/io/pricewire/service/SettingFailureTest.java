package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ConfigurableApplicationContext;

class SettingFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--TEST_PORT=abc|TEST_PORT (pricewire.test.port) is \"abc\"; it takes a whole number",
                "--pricewire.test.port=1.5|PRICEWIRE_TEST_PORT (pricewire.test.port) is \"1.5\"; it takes a whole number",
                "--pricewire.test.poll-interval=5 minutes|PRICEWIRE_TEST_POLLINTERVAL (pricewire.test.poll-interval) is"
                        + " \"5 minutes\"; it takes seconds, or a number with ms, s, m, h or d",
                "--pricewire.test.plan=gold|PRICEWIRE_TEST_PLAN (pricewire.test.plan) is \"gold\"; it takes one of keyless, demo",
                "--pricewire.test.enabled=maybe|PRICEWIRE_TEST_ENABLED (pricewire.test.enabled) is \"maybe\"; it takes true or false",
                "--pricewire.test.host=a b|PRICEWIRE_TEST_HOST (pricewire.test.host) is \"a b\"; it takes an address or the"
                        + " name of a host",
                "--LOG_LEVEL=loud|LOG_LEVEL (logging.level.root) is \"loud\"; it takes one of trace, debug, info, warn, error,"
                        + " fatal, off",
            })
    void namesTheVariableWhatItGotAndWhatItTakes(String argument, String description) {
        assertThat(describe(argument)).isEqualTo(description);
    }

    @Test
    void addsTheVariableToWhatARecordRefuses() {
        assertThat(describe("--pricewire.test.poll-interval=0"))
                .isEqualTo("PRICEWIRE_TEST_POLLINTERVAL (pricewire.test.poll-interval) is PT0S; it takes more than 0");
    }

    @Test
    void doesNotRepeatAKey() {
        assertThat(describe("--pricewire.test.key-number=12a"))
                .isEqualTo("PRICEWIRE_TEST_KEYNUMBER (pricewire.test.key-number) is \"***\"; it takes a whole number");
    }

    @Test
    void doesNotRepeatAPasswordInAnAddress() {
        assertThat(describe("--TEST_PORT=tcp://me:secret@host"))
                .isEqualTo("TEST_PORT (pricewire.test.port) is \"tcp://me:***@host\"; it takes a whole number");
    }

    @Test
    void saysNothingOfOtherFailures() {
        assertThat(SettingFailure.describe(new IllegalStateException("no setting")))
                .isNull();
    }

    private static @Nullable String describe(String argument) {
        return SettingFailure.describe(catchThrowable(() -> launch(argument).close()));
    }

    private static ConfigurableApplicationContext launch(String argument) {
        return ServiceLauncher.application(FailingService.class)
                .web(WebApplicationType.NONE)
                .run(argument);
    }

    @PricewireService(name = "test")
    @EnableConfigurationProperties(FailingSettings.class)
    static class FailingService {}

    enum Plan {
        KEYLESS,
        DEMO
    }

    @ConfigurationProperties("pricewire.test")
    record FailingSettings(
            int port,
            @DefaultValue("5s") Duration pollInterval,
            @DefaultValue("keyless") Plan plan,
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress host,
            @DefaultValue("1") int keyNumber) {

        FailingSettings {
            if (pollInterval.isZero()) {
                throw new IllegalArgumentException(
                        "pricewire.test.poll-interval is %s; it takes more than 0".formatted(pollInterval));
            }
        }
    }
}
