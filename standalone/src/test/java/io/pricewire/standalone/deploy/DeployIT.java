package io.pricewire.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images, built and started for real: a price is followed from a source through every container to a client of the
 * stream. Needs an engine, and the official images, or else debootstrap to make some that stand in for them; there is none
 * for Grafana's.
 */
@Tag("full")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DeployIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String ONE = "docker-compose.yml";
    private static final String CLUSTER = "docker-compose.cluster.yml";

    private static final Map<String, String> images =
            new HashMap<>(Map.of("IMAGE_PREFIX", "pricewire-it/", "PREFIX", "pricewire-it/"));
    private static boolean hasGrafana = true;

    @TempDir
    Path folder;

    @BeforeAll
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    static void build() {
        assumeTrue(Program.isThere("docker", "version"), "no engine for containers runs here");
        if (!Program.isThere("docker", "pull", "-q", "eclipse-temurin:25-jre")) {
            assumeTrue(
                    Program.isThere("debootstrap", "--version"),
                    "neither the official images nor debootstrap are in reach");
            standIn();
        }
        assertThat(Program.run(images, List.of("deploy/build-images"))).returns(0, Program::exitCode);
    }

    private static void standIn() {
        assertThat(Program.run(Map.of(), List.of("deploy/stand-in/build"))).returns(0, Program::exitCode);
        images.putAll(Map.of(
                "BUILD_BASE", "pricewire-stand-in/java",
                "RUNTIME_BASE", "pricewire-stand-in/java",
                "KAFKA_IMAGE", "pricewire-stand-in/kafka",
                "POSTGRES_IMAGE", "pricewire-stand-in/postgres",
                "PROMETHEUS_IMAGE", "pricewire-stand-in/prometheus",
                "ALERTMANAGER_IMAGE", "pricewire-stand-in/alertmanager"));
        hasGrafana = false;
    }

    @Test
    void bringsAPriceFromTheSourceToTheClient() throws Exception {
        try (Upstream upstream = new Upstream(bridge());
                Deployment deployment = new Deployment(images, upstream, ONE)) {
            up(deployment);

            followAPrice(deployment, "SERVER_PORT");

            awaitTargets(deployment, 7);
            loadAFile(deployment);
        }
    }

    @Test
    void doesSoWithThreeBrokersAndTwoInstancesOfEach() throws Exception {
        try (Upstream upstream = new Upstream(bridge());
                Deployment deployment = new Deployment(images, upstream, ONE, CLUSTER)) {
            up(deployment);

            followAPrice(deployment, "SERVER_PORT");
            followAPrice(deployment, "SERVER_2_PORT");

            awaitTargets(deployment, 14);
            loadAFile(deployment);
        }
    }

    private static void up(Deployment deployment) {
        List<String> command = new ArrayList<>(List.of("up", "-d", "--no-build"));
        deployment
                .compose("config", "--services")
                .lines()
                .filter(service -> !service.equals("cli") && (hasGrafana || !service.equals("grafana")))
                .forEach(command::add);
        deployment.compose(command.toArray(String[]::new));
    }

    /** Every source has its own ingestor, so all of them are passed. */
    private void followAPrice(Deployment deployment, String port) throws Exception {
        Path stream = folder.resolve(port);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            Process client = deployment.follow(port, "asset=bitcoin", stream);
            client.waitFor(3, TimeUnit.SECONDS);
            client.destroy();
            assertThat(Files.readString(stream))
                    .contains("\"price\":" + Upstream.COINGECKO)
                    .contains("\"price\":" + Upstream.COINPAPRIKA)
                    .contains("\"price\":" + Upstream.GEMINI);
        });
    }

    private static void awaitTargets(Deployment deployment, int instances) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            List<String> up = deployment
                    .prometheus("/api/v1/query?query=up%7Bjob!~%22prometheus%7Calertmanager%22%7D==1")
                    .at("/data/result")
                    .valueStream()
                    .map(result -> result.at("/metric/job").stringValue())
                    .toList();
            assertThat(up)
                    .hasSize(instances)
                    .contains("normalizer", "query-service", "ingestor-csv", "ingestor-gemini");
        });
    }

    private void loadAFile(Deployment deployment) throws Exception {
        Path stream = folder.resolve("loaded");
        Process client = deployment.follow("SERVER_PORT", "origin=file&snapshot=false", stream);
        try {
            assertThat(deployment.compose("run", "--rm", "cli", "load", "samples/daily-bars.csv"))
                    .contains("quarantined 0");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readString(stream)).contains("event: price"));
        } finally {
            client.destroy();
        }
        assertThat(deployment.compose("run", "--rm", "cli", "check")).doesNotContain("FAILED");
    }

    /** Where containers reach this machine. */
    private static String bridge() throws SocketException {
        return NetworkInterface.getByName("docker0")
                .inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }
}
