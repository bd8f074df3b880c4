package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ConfigurableApplicationContext;

class ServiceLauncherTest {

    @Test
    void readsTheDefaultsOfTheServiceByItsName() {
        try (ConfigurableApplicationContext context = launch()) {
            assertThat(context.getBean(PatienceSettings.class).patience()).isEqualTo(Duration.ofMillis(1500));
        }
    }

    @Test
    void prefersWhatItIsTold() {
        try (ConfigurableApplicationContext context = launch("--test.patience=2m")) {
            assertThat(context.getBean(PatienceSettings.class).patience()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Test
    void startsNoServiceWithASettingThatIsNotAccepted() {
        assertThatThrownBy(() -> launch("--test.patience=0"))
                .hasStackTraceContaining("TEST_PATIENCE is PT0S; it takes more than 0");
    }

    @Test
    void refusesAClassThatIsNoService() {
        assertThatThrownBy(() -> ServiceLauncher.run(String.class))
                .hasMessage("class java.lang.String is no PricewireService");
    }

    @Test
    void keepsTimeToTheMillisecond() {
        try (ConfigurableApplicationContext context = launch()) {
            Instant now = context.getBean(Clock.class).instant();

            assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private static ConfigurableApplicationContext launch(String... arguments) {
        return ServiceLauncher.application(TestService.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @PricewireService(name = "test")
    @EnableConfigurationProperties(PatienceSettings.class)
    static class TestService {}

    @ConfigurationProperties("test")
    record PatienceSettings(@DefaultValue("5s") Duration patience) {

        PatienceSettings {
            if (patience.isZero()) {
                throw new IllegalArgumentException("TEST_PATIENCE is %s; it takes more than 0".formatted(patience));
            }
        }
    }
}
