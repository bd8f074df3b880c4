package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code pricewire} as its users run it: in a process and a folder of its own. */
public final class PricewireProcess implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path COMMAND = Path.of("../pricewire").toAbsolutePath().normalize();

    private final Path folder;
    private final ReservedPort httpPort = ReservedPort.any();
    private final ReservedPort kafkaPort = ReservedPort.any();
    private final ReservedPort postgresPort = ReservedPort.any();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> variables = new HashMap<>();
    private @Nullable Process process;

    /** One that is not started yet. */
    public PricewireProcess(Path folder) {
        this.folder = folder;
    }

    /** Sets a variable for all that it runs. */
    public PricewireProcess with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Starts it, or another command in its place, and does not wait until it is ready. */
    public PricewireProcess begin(String... arguments) throws IOException {
        process = command(List.of(arguments), "run.log");
        return this;
    }

    /** Starts it, and returns when it is ready. */
    public PricewireProcess start() throws IOException {
        begin();
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !running().isAlive() || status("/actuator/health/readiness") == 200);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("it is not ready and printed: " + printed(), e);
        }
        if (!running().isAlive()) {
            throw new AssertionError(
                    "it has ended with %d and printed: %s".formatted(running().exitValue(), printed()));
        }
        return this;
    }

    private String printed() throws IOException {
        Path ofPostgres = folder.resolve(".pricewire/postgres/postgres.log");
        return log() + (Files.exists(ofPostgres) ? "\nand its Postgres:\n" + Files.readString(ofPostgres) : "");
    }

    /** Runs another command in the same folder and with the same ports; returns its output when it has ended. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        Process other = command(List.of(arguments), "command.log");
        assertThat(other.waitFor(PATIENCE.multipliedBy(3).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return new Result(other.exitValue(), Files.readString(folder.resolve("command.log")));
    }

    private Process command(List<String> arguments, String output) throws IOException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(arguments);
        return execute(command, folder.resolve(output));
    }

    /** A shell's command in its folder: {@code ./pricewire} is Pricewire, and the ports that documents name are its own. */
    public Process shell(String line, Path output) throws IOException {
        return execute(List.of("sh", "-c", withItsPorts(line).replace("./pricewire", COMMAND.toString())), output);
    }

    /** The text with its own ports instead of the usual ones. */
    public String withItsPorts(String text) {
        return text.replace(":8080/", ":" + httpPort() + "/")
                .replace(":9092", ":" + kafkaPort.number())
                .replace(":15432", ":" + postgresPort());
    }

    private Process execute(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PRICEWIRE_JAVA_OPTIONS",
                        // Most of what a test waits for is a start, which the quick compiler alone makes shorter.
                        "-Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        // A test asks nobody on the internet.
                        "COINGECKO_ENABLED",
                        "false",
                        "COINPAPRIKA_ENABLED",
                        "false",
                        "GEMINI_ENABLED",
                        "false",
                        "SERVER_PORT",
                        String.valueOf(httpPort()),
                        "PRICEWIRE_STANDALONE_KAFKAPORT",
                        String.valueOf(kafkaPort.number()),
                        "PRICEWIRE_STANDALONE_POSTGRESPORT",
                        String.valueOf(postgresPort())));
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** {@code kill -9} of the Postgres that it has started. */
    public void killPostgres() throws IOException {
        postgres().orElseThrow().destroyForcibly();
    }

    /** {@code kill}, and waits until it has ended. */
    public void stop() throws InterruptedException {
        running().destroy();
        assertThat(running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("run.log"));
    }

    public Path folder() {
        return folder;
    }

    public Path inbox() {
        return folder.resolve("data/csv");
    }

    public String url() {
        return "http://localhost:" + httpPort();
    }

    public String kafka() {
        return "127.0.0.1:" + kafkaPort.number();
    }

    public int httpPort() {
        return httpPort.number();
    }

    public int postgresPort() {
        return postgresPort.number();
    }

    public Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/pricewire?user=pricewire".formatted(postgresPort()));
    }

    public int status(String path) throws IOException, InterruptedException {
        return http.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(text(path));
    }

    public String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(path), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    public HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of a stream, for as long as it lasts. */
    public Stream<String> lines(String path) throws IOException, InterruptedException {
        return http.send(request(path), HttpResponse.BodyHandlers.ofLines()).body();
    }

    private HttpRequest request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
        String key = variables.get("API_KEY");
        return (key == null ? request : request.header("X-API-Key", key)).build();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("it has not been started");
        }
        return process;
    }

    /** Stops it, if it is running, and the Postgres that a killed one left behind. */
    @Override
    public void close() throws IOException {
        try (httpPort;
                kafkaPort;
                postgresPort) {
            if (process != null && process.isAlive()) {
                process.destroy();
                process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            }
            postgres().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Optional<ProcessHandle> postgres() throws IOException {
        Path lock = folder.resolve(".pricewire/postgres/data/postmaster.pid");
        return Files.exists(lock)
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(lock).getFirst()))
                : Optional.empty();
    }

    /**
     * What came of a command.
     *
     * @param status its exit code
     * @param output all that it printed
     */
    public record Result(int status, String output) {}
}
