package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

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
    void takesVariablesFromTheFileByTheirRelaxedNames(@TempDir Path folder) throws Exception {
        try (ConfigurableApplicationContext context = launchWith(folder, "export TEST_PATIENCE='3m'")) {
            assertThat(context.getBean(PatienceSettings.class).patience()).isEqualTo(Duration.ofMinutes(3));
        }
    }

    @Test
    void takesVariablesFromTheFileThatTheDefaultsReferTo(@TempDir Path folder) throws Exception {
        try (ConfigurableApplicationContext context = launchWith(folder, "TEST_PORT=81")) {
            assertThat(context.getEnvironment().getProperty("pricewire.test.port"))
                    .isEqualTo("81");
        }
    }

    @Test
    void prefersTheEnvironmentToTheFile(@TempDir Path folder) throws Exception {
        String path = System.getenv("PATH");
        try (ConfigurableApplicationContext context = launchWith(folder, "PATH=another")) {
            assertThat(context.getEnvironment().getProperty("PATH")).isEqualTo(path);
        }
    }

    @Test
    void startsNoServiceWithAFileThatCannotBeUnderstood(@TempDir Path folder) {
        assertThatThrownBy(() -> launchWith(folder, "TEST_PATIENCE"))
                .hasMessage("%s: line 1 is not of the form NAME=value".formatted(folder.resolve(".env")));
    }

    @Test
    void startsNoServiceThatIsToWriteItsLogInAnUnknownWay() {
        assertThatThrownBy(() -> launch("--pricewire.log.format=xml"))
                .extracting(SettingFailure::describe)
                .isEqualTo("PRICEWIRE_LOG_FORMAT (pricewire.log.format) is \"xml\"; it takes one of text, ecs");
    }

    @Test
    void endsAServiceInOrderThatIsTerminated() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosingService.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = jvm.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals("started")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("started");

            jvm.toHandle().destroy();

            assertThat(output.lines()).contains("stopped");
        } finally {
            jvm.destroyForcibly();
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

    private static ConfigurableApplicationContext launchWith(Path folder, String environmentFile) throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), environmentFile);
        return ServiceLauncher.application(TestService.class, file)
                .web(WebApplicationType.NONE)
                .run();
    }

    private static ConfigurableApplicationContext launch(String... arguments) {
        return ServiceLauncher.application(TestService.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @PricewireService(name = "test")
    @EnableConfigurationProperties(PatienceSettings.class)
    static class TestService {}

    @PricewireService(name = "test")
    static class ClosingService {

        public static void main(String[] arguments) throws Exception {
            ServiceLauncher.application(ClosingService.class)
                    .web(WebApplicationType.NONE)
                    .run();
            System.out.println("started");
            Thread.currentThread().join();
        }

        @Bean
        DisposableBean closing() {
            return () -> System.out.println("stopped");
        }
    }

    @ConfigurationProperties("test")
    record PatienceSettings(@DefaultValue("5s") Duration patience) {

        PatienceSettings {
            if (patience.isZero()) {
                throw new IllegalArgumentException("TEST_PATIENCE is %s; it takes more than 0".formatted(patience));
            }
        }
    }
}
