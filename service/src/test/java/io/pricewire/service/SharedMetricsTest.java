package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class SharedMetricsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SharedMetrics shared;

    SharedMetricsTest(@TempDir Path folder) {
        this.shared = new SharedMetrics("whole", folder);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void showsTheMetersOfAllServicesAtEach() {
        try (ConfigurableApplicationContext one = join("One");
                ConfigurableApplicationContext other = join("Other")) {
            one.getBean(MeterRegistry.class).counter("things").increment(2);
            other.getBean(MeterRegistry.class).counter("things").increment(3);

            assertThat(lines(one, "things_total.*"))
                    .isEqualTo(lines(other, "things_total.*"))
                    .containsExactly("things_total{service=\"One\"} 2.0", "things_total{service=\"Other\"} 3.0");
        }
    }

    @Test
    void keepsTheMetersOfOthersWhenAServiceStops() {
        try (ConfigurableApplicationContext other = join("Other")) {
            try (ConfigurableApplicationContext one = join("One")) {
                one.getBean(MeterRegistry.class).counter("things").increment();
                other.getBean(MeterRegistry.class).counter("things").increment();
            }
            other.getBean(MeterRegistry.class).counter("things").increment();

            assertThat(scrape(other)).contains("things_total{service=\"Other\"} 2.0");
        }
    }

    @Test
    void measuresTheJvmOnce() {
        try (ConfigurableApplicationContext one = join("One");
                ConfigurableApplicationContext other = join("Other")) {
            assertThat(lines(one, "jvm_info\\{.*"))
                    .isEqualTo(lines(other, "jvm_info\\{.*"))
                    .singleElement()
                    .asString()
                    .contains("service=\"whole\"");
            assertThat(lines(one, "(disk_free|process_files|logback|process_uptime).*"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("service=\"whole\""));
        }
    }

    @Test
    void isWhatAServiceHasAloneToo() {
        try (ConfigurableApplicationContext alone = ServiceLauncher.application(MeasuredService.class)
                .web(WebApplicationType.NONE)
                .run()) {
            alone.getBean(MeterRegistry.class).counter("things").increment();

            assertThat(scrape(alone)).contains("things_total{service=\"measured\"} 1.0");
            assertThat(lines(alone, "jvm_info\\{.*")).singleElement().asString().contains("service=\"measured\"");
        }
    }

    @Test
    void hasTheSameBucketsForTheCanaryEverywhere() {
        try (ConfigurableApplicationContext alone = ServiceLauncher.application(MeasuredService.class)
                .web(WebApplicationType.NONE)
                .run()) {
            alone.getBean(MeterRegistry.class)
                    .timer("pricewire.canary.latency", "hop", "raw")
                    .record(Duration.ofMillis(20));

            assertThat(lines(alone, "pricewire_canary_latency_seconds_bucket.*"))
                    .as("nine and the infinite one")
                    .hasSize(10)
                    .anyMatch(line -> line.contains("le=\"0.01\"") && line.endsWith(" 0"))
                    .anyMatch(line -> line.contains("le=\"60.0\"") && line.endsWith(" 1"));
        }
    }

    @Test
    void tellsWhichPartOfAServiceIsUp() {
        try (ConfigurableApplicationContext one = join("One")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(scrape(one))
                            .contains(
                                    "pricewire_health{component=\"well\",service=\"One\"} 1.0",
                                    "pricewire_health{component=\"ill\",service=\"One\"} 0.0"));
        }
    }

    private ConfigurableApplicationContext join(String name) {
        return ServiceLauncher.application(MeasuredService.class)
                .web(WebApplicationType.NONE)
                .initializers(shared.joining())
                .run("--management.metrics.tags.service=" + name);
    }

    private static List<String> lines(ConfigurableApplicationContext context, String form) {
        Pattern pattern = Pattern.compile(form);
        return scrape(context)
                .lines()
                .filter(line -> pattern.matcher(line).matches())
                .toList();
    }

    private static String scrape(ConfigurableApplicationContext context) {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    @PricewireService(name = "measured")
    static class MeasuredService {

        @Bean
        HealthIndicator wellHealthIndicator() {
            return () -> Health.up().build();
        }

        @Bean
        HealthIndicator illHealthIndicator() {
            return () -> {
                throw new IllegalStateException("it is ill");
            };
        }
    }
}
