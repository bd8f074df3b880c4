package io.pricewire.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.embedded.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the compose files start, under a name and on ports of its own; with its end nothing of it is left. */
final class Deployment implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<String, String> variables;
    private final List<String> compose = new ArrayList<>();

    /** @param images variables that name the images */
    Deployment(Map<String, String> images, Upstream upstream, String... files) {
        variables = new HashMap<>(images);
        for (String port : List.of(
                "SERVER_PORT",
                "SERVER_2_PORT",
                "KAFKA_PORT",
                "KAFKA_2_PORT",
                "KAFKA_3_PORT",
                "POSTGRES_PORT",
                "PROMETHEUS_PORT",
                "ALERTMANAGER_PORT",
                "GRAFANA_PORT")) {
            variables.put(port, String.valueOf(FreePort.any()));
        }
        variables.put("COMPOSE_PROJECT_NAME", "pricewire-it");
        variables.put("POSTGRES_PASSWORD", "for-the-test");
        variables.put("COINGECKO_API_URL", upstream.url());
        variables.put("COINPAPRIKA_API_URL", upstream.url());
        variables.put("GEMINI_API_URL", upstream.url());
        variables.put("GEMINI_SYMBOLS", "");
        compose.addAll(
                Program.isThere("docker-compose", "version")
                        ? List.of("docker-compose")
                        : List.of("docker", "compose"));
        Stream.of(files).forEach(file -> compose.addAll(List.of("-f", file)));
    }

    /** Runs a command of compose's, which has to succeed, and returns what it printed. */
    String compose(String... command) {
        Program run = Program.run(
                variables, Stream.concat(compose.stream(), Stream.of(command)).toList());
        assertThat(run).as(String.join(" ", command)).returns(0, Program::exitCode);
        return run.output();
    }

    /** What the API answers. */
    JsonNode api(String path) throws Exception {
        return json("SERVER_PORT", path);
    }

    /** What Prometheus answers. */
    JsonNode prometheus(String path) throws Exception {
        return json("PROMETHEUS_PORT", path);
    }

    /** Writes the stream into the file, from now on and until it is cut off. */
    Process follow(String port, String query, Path file) throws Exception {
        Files.deleteIfExists(file);
        return new ProcessBuilder(
                        "curl",
                        "-sN",
                        "http://127.0.0.1:%s/api/v1/stream/prices?%s".formatted(variables.get(port), query))
                .redirectOutput(file.toFile())
                .start();
    }

    private JsonNode json(String port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:%s%s".formatted(variables.get(port), path));
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        compose("down", "--volumes", "--remove-orphans");
    }
}
