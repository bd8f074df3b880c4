package io.pricewire.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.standalone.PricewireProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that reads a running Pricewire each second, with the rules that are delivered. */
final class PrometheusServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("Listening on\".*address=(127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private String address = "";

    private PrometheusServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and returns when it answers. Which port is free it finds itself. */
    static PrometheusServer start(Path folder, PricewireProcess pricewire) throws IOException {
        Path rules = Path.of("../deploy/prometheus/rules").toAbsolutePath().normalize();
        Path configuration =
                Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s/*.yml"]
                scrape_configs:
                  - job_name: pricewire
                    metrics_path: /actuator/prometheus
                    static_configs: [{targets: ["localhost:%d"]}]
                """.formatted(rules, pricewire.httpPort()));
        Path log = folder.resolve("prometheus.log");
        PrometheusServer server = new PrometheusServer(
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                                "--web.listen-address=127.0.0.1:0")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void awaitReady() {
        await().atMost(PATIENCE)
                .failFast("it has ended, see " + log, () -> !process.isAlive())
                .until(() -> {
                    Matcher listening = ADDRESS.matcher(Files.readString(log));
                    if (listening.find()) {
                        address = listening.group(1);
                    }
                    return !address.isEmpty();
                });
        await().atMost(PATIENCE).ignoreExceptions().until(() -> send("/-/ready").statusCode() == 200);
    }

    /** The series that an expression makes now. */
    List<JsonNode> query(String expression) throws IOException, InterruptedException {
        return List.copyOf(get("/api/v1/query?query=" + encode(expression))
                .at("/data/result")
                .values());
    }

    /** The series that an expression has made of late, a value each second. */
    List<JsonNode> range(String expression, Duration back) throws IOException, InterruptedException {
        Instant now = Instant.now();
        return List.copyOf(get("/api/v1/query_range?query=%s&start=%s&end=%s&step=1"
                        .formatted(encode(expression), now.minus(back), now))
                .at("/data/result")
                .values());
    }

    /** All rules, as it has understood them. */
    List<JsonNode> rules() throws IOException, InterruptedException {
        return get("/api/v1/rules")
                .at("/data/groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
