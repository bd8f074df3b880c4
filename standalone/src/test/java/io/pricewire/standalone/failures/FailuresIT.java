package io.pricewire.standalone.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.ReservedPort;
import io.pricewire.ingestor.coingecko.CoinGeckoIngestor;
import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.query.QueryService;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ten failures, one after the other, of services that run in processes of their own, and what an operator sees of each: the
 * health, the readiness, a metric, the alert that fires at a real Prometheus, a line in the log. The table of it is in
 * {@code docs/operations.md}.
 */
@Tag("full")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class FailuresIT {

    private static final Path DOCUMENT = Path.of("../docs/operations.md");
    private static final String BEGIN = "<!-- failures:begin -->\n";
    private static final String END = "<!-- failures:end -->\n";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String SINCE_THE_LAST_SUCCESS =
            "time() - max(pricewire_ingestor_last_success_seconds{ingestor=\"coingecko\"}) > bool 10";

    /** The time, the level, the thread if it is there, the class. */
    private static final String BEFORE_THE_MESSAGE = "^\\S+ +([A-Z]+) +(?:\\[[^]]*] +)?\\S+ ";

    /** No log says anything of it. */
    private static final String NOTHING = "";

    @TempDir
    Path folder;

    private final List<ReservedPort> held = new ArrayList<>();
    private final int kafkaPort = hold();
    private final int postgresPort = hold();
    private final Map<String, Integer> ports = new LinkedHashMap<>(Map.of(
            "normalizer", hold(),
            "query-service", hold(),
            "ingestor-coingecko", hold()));
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Connection> locks = new ArrayList<>();

    @AfterEach
    void giveThePortsBack() {
        held.forEach(ReservedPort::close);
    }

    private int hold() {
        ReservedPort port = ReservedPort.any();
        held.add(port);
        return port.number();
    }

    @Test
    void areSeenByTheOperator() throws Exception {
        requirePrometheus();
        try (FakeService source = new FakeService(fresh());
                ChildJvm kafka = server("kafka", kafkaPort);
                ChildJvm postgres = server("postgres", postgresPort);
                AutoCloseable _ = this::killPostgres) {
            kafka.start();
            postgres.start();
            try (ChildJvm normalizer =
                            service("normalizer", NormalizerService.class, "--pricewire.normalizer.health.max-lag=5s");
                    ChildJvm query = service("query-service", QueryService.class);
                    ChildJvm ingestor = service(
                            "ingestor-coingecko",
                            CoinGeckoIngestor.class,
                            "--pricewire.coingecko.api-url=" + source.url(),
                            "--pricewire.coingecko.poll-interval=2s",
                            "--pricewire.ingestor.heartbeat=2s",
                            "--pricewire.ingestor.retry-delay=1s",
                            "--pricewire.ingestor.longest-retry-delay=2s",
                            "--pricewire.http.request-timeout=2s",
                            "--pricewire.http.request-delay=0s",
                            "--pricewire.http.max-retries=0");
                    Prometheus prometheus = Prometheus.start(folder, ports)) {
                normalizer.start();
                query.start();
                ingestor.start();
                List<String> rows = new ArrayList<>();
                for (Failure failure : failures(source, kafka, postgres, normalizer, ingestor)) {
                    rows.add(row(failure, prometheus));
                }
                assertIsWritten(rows);
            }
        }
    }

    private List<Failure> failures(
            FakeService source, ChildJvm kafka, ChildJvm postgres, ChildJvm normalizer, ChildJvm ingestor) {
        return List.of(
                new Failure(
                        "Postgres is killed",
                        "unhealthy",
                        "normalizer",
                        "database",
                        "min(pricewire_health{component=\"database\"})",
                        "PricewireDependencyAway",
                        normalizer,
                        "writing is tried again",
                        () -> {
                            postgres.kill();
                            killPostgres();
                        },
                        postgres::start),
                new Failure(
                        "Kafka is killed",
                        "unhealthy",
                        "ingestor-coingecko",
                        "broker",
                        "min(pricewire_health{component=\"broker\"})",
                        "PricewireDependencyAway",
                        ingestor,
                        "failed and is started again",
                        kafka::kill,
                        kafka::start),
                ofSource("a source answers 500", source, FakeService.status(500, "{}"), ingestor),
                ofSource("a source answers 429", source, FakeService.status(429, "{}", "Retry-After", "3"), ingestor),
                ofSource("a source refuses the key", source, FakeService.status(401, "{}"), ingestor),
                ofSource("a source does not end its answer", source, FakeService.withoutEnd("["), ingestor),
                ofSource(
                        "a source answers with a page for people",
                        source,
                        FakeService.json("<html><title>Oops</title>"),
                        ingestor),
                new Failure(
                        "most of what a source says breaks a rule",
                        "degraded",
                        "query-service",
                        "sources",
                        "sum(pricewire_normalizer_rejected_total) > bool 0",
                        "PricewireQuarantineRate",
                        ingestor,
                        NOTHING,
                        () -> source.always(negative()),
                        () -> source.always(fresh())),
                new Failure(
                        "a table is locked, and the normalizer is behind",
                        "degraded",
                        "normalizer",
                        "lag",
                        "max(pricewire_normalizer_lag_seconds) > bool 60",
                        "PricewireLagGrowing",
                        normalizer,
                        "writing is tried again",
                        this::lock,
                        this::unlock),
                new Failure(
                        "the normalizer is killed",
                        "degraded",
                        "query-service",
                        "sources",
                        "up{job=\"normalizer\"}",
                        "PricewireDown",
                        ingestor,
                        NOTHING,
                        normalizer::kill,
                        normalizer::start));
    }

    private static Failure ofSource(String name, FakeService source, Reply reply, ChildJvm ingestor) {
        return new Failure(
                name,
                "degraded",
                "query-service",
                "sources",
                SINCE_THE_LAST_SUCCESS,
                "PricewireSourceStale",
                ingestor,
                "run failed",
                () -> source.always(reply),
                () -> source.always(fresh()));
    }

    private String row(Failure failure, Prometheus prometheus) throws Exception {
        await(failure.name + ": all is well before")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> isWell(failure, prometheus));
        failure.induce.run();
        try {
            await(failure.name + ": " + failure.alert)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> prometheus.fires(failure.alert));
            await(failure.name + ": health")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> health().path("status").asString("").equals(failure.health));
            await(failure.name + ": readiness")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !reason(failure).isEmpty());
            await(failure.name + ": log")
                    .atMost(PATIENCE)
                    .until(() -> !said(failure).isEmpty());
            return "| %s | %s | %s: `%s` of `%s` | `%s` is %s | `%s` | %s |%n"
                    .formatted(
                            failure.name,
                            describe(health()),
                            reason(failure),
                            failure.component,
                            failure.unready,
                            failure.metric.replace("|", "\\|"),
                            prometheus.value(failure.metric),
                            failure.alert,
                            said(failure));
        } finally {
            failure.heal.run();
        }
    }

    /** Empty where nothing is said yet. */
    private static String said(Failure failure) throws IOException {
        if (failure.line.equals(NOTHING)) {
            return "nothing";
        }
        String line = failure.speaker.lastLine(each -> each.contains(failure.line));
        return line.isEmpty() ? "" : "`%s`".formatted(settled(line.replaceFirst(BEFORE_THE_MESSAGE, "$1 ")));
    }

    private boolean isWell(Failure failure, Prometheus prometheus) throws Exception {
        for (String service : ports.keySet()) {
            if (get(service, "/actuator/health/readiness").statusCode() != 200) {
                return false;
            }
        }
        return health().path("status").asString("").equals("healthy") && !prometheus.fires(failure.alert);
    }

    /** Status and message, and what is the matter with the source. */
    private static String describe(JsonNode health) {
        String source = health.path("sources").path(0).path("reason").asString("");
        return "`%s`: %s%s"
                .formatted(
                        health.path("status").asString(),
                        health.path("message").asString(),
                        health.path("status").asString().equals("degraded") ? " (%s)".formatted(settled(source)) : "");
    }

    private JsonNode health() throws IOException, InterruptedException {
        return json("query-service", "/api/v1/health");
    }

    private String reason(Failure failure) throws IOException, InterruptedException {
        return settled(json(failure.unready, "/actuator/health/readiness")
                .at("/components/%s/details/reason".formatted(failure.component))
                .asString(""));
    }

    private JsonNode json(String service, String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(service, path).body());
    }

    private HttpResponse<String> get(String service, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(ports.get(service), path)))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Without what is different each time. */
    private static String settled(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "…")
                .replaceAll("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "…")
                .replaceAll("(attempt|seen)=\\d+", "$1=…")
                .replaceAll("published \\d+ s ago", "published … s ago")
                .replaceAll("reason=.*", "reason=…")
                .replaceAll(" +", " ")
                .replace("|", "\\|")
                .strip();
    }

    private void assertIsWritten(List<String> rows) throws IOException {
        String table =
                "| what fails | `/api/v1/health` | readiness | metric | alert | log |\n|---|---|---|---|---|---|\n"
                        + String.join("", rows);
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(end).as("the markers in docs/operations.md").isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("pricewire.update")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + table + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as("the table in docs/operations.md; -Pfull -Dpricewire.update=true writes it anew")
                    .isEqualTo(table);
        }
    }

    private ChildJvm server(String kind, int port) {
        return new ChildJvm(
                ServerProcess.class,
                folder.resolve(kind + ".log"),
                kind,
                folder.resolve(kind).toString(),
                String.valueOf(port));
    }

    private ChildJvm service(String name, Class<?> main, String... arguments) {
        return new ChildJvm(
                main,
                folder.resolve(name + ".log"),
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--server.port=" + ports.get(name),
                                        "--pricewire.kafka.bootstrap-servers=127.0.0.1:" + kafkaPort,
                                        "--pricewire.database.url=postgresql://pricewire@127.0.0.1:%d/pricewire"
                                                .formatted(postgresPort)))
                        .toArray(String[]::new));
    }

    private void killPostgres() throws IOException {
        Path lock = folder.resolve("postgres/data/postmaster.pid");
        if (Files.exists(lock)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(lock).getFirst()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void lock() throws Exception {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/pricewire?user=pricewire".formatted(postgresPort));
        locks.add(connection);
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table price_latest in exclusive mode");
    }

    private void unlock() throws Exception {
        for (Connection connection : locks) {
            connection.close();
        }
        locks.clear();
    }

    /** A coin whose price has just changed. */
    private static Reply fresh() {
        return (request, response) -> FakeService.json("[" + coin("bitcoin", String.valueOf(System.nanoTime())) + "]")
                .send(request, response);
    }

    private static Reply negative() {
        return (request, response) -> FakeService.json(IntStream.range(0, 200)
                        .mapToObj(coin -> coin("coin-" + coin, "-" + System.nanoTime()))
                        .collect(Collectors.joining(",", "[", "]")))
                .send(request, response);
    }

    private static String coin(String id, String price) {
        return "{\"id\":\"%1$s\",\"symbol\":\"%1$s\",\"name\":\"%1$s\",\"current_price\":%2$s,\"last_updated\":\"%3$s\"}"
                .formatted(id, price, Instant.now());
    }

    private static void requirePrometheus() {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "prometheus")));
        if (!Boolean.getBoolean("test.tools.required")) {
            assumeThat(isThere).as("prometheus is installed").isTrue();
        }
        assertThat(isThere).as("prometheus is installed").isTrue();
    }

    /** Something that can fail. */
    @FunctionalInterface
    private interface Action {

        void run() throws Exception;
    }

    /**
     * A failure, and where it shows.
     *
     * @param health the status of the whole
     * @param unready the service that is not ready
     * @param component the part of it that says why
     * @param speaker whose log says something
     * @param line what it says, or {@link #NOTHING}
     */
    private record Failure(
            String name,
            String health,
            String unready,
            String component,
            String metric,
            String alert,
            ChildJvm speaker,
            String line,
            Action induce,
            Action heal) {}
}
