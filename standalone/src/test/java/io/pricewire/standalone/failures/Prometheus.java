package io.pricewire.standalone.failures;

import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.ReservedPort;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that reads services each second. Its rules are those that are delivered, but that they wait for less. */
final class Prometheus implements AutoCloseable {

    private static final Path RULES = Path.of("../deploy/prometheus/rules");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final ReservedPort port;

    private Prometheus(Process process, ReservedPort port) {
        this.process = process;
        this.port = port;
    }

    /** @param ports of the services, by their jobs */
    static Prometheus start(Path folder, Map<String, Integer> ports) throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        try (Stream<Path> delivered = Files.list(RULES)) {
            for (Path file : delivered.toList()) {
                Files.writeString(
                        rules.resolve(file.getFileName()),
                        Files.readString(file)
                                .replaceAll("(?m)^( *)for: .*$", "$1for: 2s")
                                .replace("+ 900", "+ 5"));
            }
        }
        String jobs = ports.entrySet().stream()
                .map(job -> """
                          - job_name: %s
                            metrics_path: /actuator/prometheus
                            static_configs: [{targets: ["localhost:%d"]}]
                        """.formatted(job.getKey(), job.getValue()))
                .collect(Collectors.joining());
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s/*.yml"]
                scrape_configs:
                %s""".formatted(rules, jobs));
        ReservedPort port = ReservedPort.any();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port.number())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        Prometheus started = new Prometheus(process, port);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !started.ask("/api/v1/query?query=up").isMissingNode());
        return started;
    }

    /** Whether the alert fires. */
    boolean fires(String alert) throws IOException, InterruptedException {
        return !ask("/api/v1/query?query="
                        + URLEncoder.encode(
                                "ALERTS{alertstate=\"firing\",alertname=\"%s\"}".formatted(alert),
                                StandardCharsets.UTF_8))
                .at("/data/result")
                .isEmpty();
    }

    /** The value of an expression that makes one series; nothing where it makes none. */
    String value(String expression) throws IOException, InterruptedException {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result/0/value/1")
                .asString("");
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port.number(), path)))
                .timeout(PATIENCE)
                .build();
        return JsonMapper.shared()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        port.close();
    }
}
