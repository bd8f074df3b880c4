package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.ingestor.testing.FakeService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys and passwords that are used in fact, while everything is logged that can be, and what fails fails. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsIT {

    private static final String PLANTED = "planted7secret";
    private static final String API_KEY = PLANTED + "-d-long-enough";
    private static final String COIN =
            "[{\"id\":\"a\",\"symbol\":\"a\",\"name\":\"A\",\"current_price\":1.5,\"last_updated\":\"2026-01-01T00:00:00Z\"}]";
    private static final List<String> QUESTIONS = List.of(
            "/",
            "/docs",
            "/health",
            "/openapi.json",
            "/nothing",
            "/actuator",
            "/actuator/env",
            "/actuator/configprops",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/prometheus",
            "/api/v1",
            "/api/v1/prices",
            "/api/v1/prices?page=0",
            "/api/v1/prices?cursor=!",
            "/api/v1/runs",
            "/api/v1/runs/nothing",
            "/api/v1/sources",
            "/api/v1/stats",
            "/api/v1/health",
            "/api/v1/stream/prices?last_event_id=!");

    @TempDir
    Path folder;

    @Test
    void standInNoLogMetricErrorOrAnswer() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startTemporary();
                FakeService coinGecko = new FakeService(FakeService.json(COIN));
                FakeService coinPaprika = new FakeService(
                        FakeService.status(403, "{\"error\":\"the key %s-b is spent\"}".formatted(PLANTED)));
                PricewireProcess pricewire = pricewire(demandPassword(postgres), coinGecko, coinPaprika)) {
            pricewire.start();
            await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> pricewire
                                    .json("/api/v1/prices?source=coingecko")
                                    .path("total")
                                    .intValue()
                            == 1);
            await().atMost(PricewireProcess.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> pricewire
                            .json("/api/v1/sources/coinpaprika")
                            .path("state")
                            .stringValue()
                            .equals("unavailable"));

            String itsOwnKey = JsonMapper.shared()
                    .readTree(folder.resolve(".pricewire/instance.json"))
                    .path("key")
                    .stringValue();
            List<String> answers = new ArrayList<>();
            for (String question : QUESTIONS) {
                for (String key : List.of(API_KEY, API_KEY + "-wrong", itsOwnKey)) {
                    answers.add(answer(pricewire, question, key));
                }
            }
            PricewireProcess.Result load = loadFromElsewhere(pricewire);
            pricewire.stop();

            assertThat(load.output()).contains("loaded 1, unchanged 0").doesNotContain(PLANTED);
            assertThat(coinGecko.requests())
                    .anySatisfy(request ->
                            assertThat(request.headers()).containsEntry("x-cg-demo-api-key", PLANTED + "-a"));
            assertThat(answers).noneMatch(answer -> answer.contains(PLANTED) || answer.contains(itsOwnKey));
            assertIsNotLogged(PLANTED);
            assertIsNotLogged(itsOwnKey);
            assertFieldsAreLogged();
        }
    }

    /** Its commands go by the key of another one from now on, which happens to be this. */
    private PricewireProcess.Result loadFromElsewhere(PricewireProcess pricewire) throws Exception {
        Path file = Files.writeString(
                folder.resolve("prices.csv"),
                "coin_id,name,symbol,price_usd,market_cap,volume_24h\nmine,Mine,MINE,1.5,,\n");
        return pricewire
                .with("PRICEWIRE_STANDALONE_API", pricewire.url())
                .with("PRICEWIRE_STANDALONE_APIKEY", API_KEY)
                .with("CSV_DIRECTORY", pricewire.inbox().toString())
                .run("load", file.toString());
    }

    private void assertIsNotLogged(String secret) throws Exception {
        try (Stream<String> lines = Files.lines(folder.resolve("run.log"))) {
            assertThat(lines.filter(line -> line.contains(secret)).limit(3)).isEmpty();
        }
    }

    /** Everything is logged, and by the schema. */
    private void assertFieldsAreLogged() throws Exception {
        try (Stream<String> lines = Files.lines(folder.resolve("run.log"))) {
            List<JsonNode> runs = lines.filter(line -> line.startsWith("{\"@timestamp\""))
                    .filter(line -> line.contains("\"run ended") || line.contains("\"level\":\"TRACE\""))
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertThat(runs)
                    .as("a logger's own variable counts more than the defaults")
                    .anySatisfy(line -> {
                        assertThat(line.at("/log/level").asString()).isEqualTo("TRACE");
                        assertThat(line.at("/log/logger").asString()).startsWith("org.springframework.");
                    })
                    .as("a run's trace")
                    .anySatisfy(line -> assertThat(line.at("/trace/id").asString())
                            .isNotEmpty()
                            .isEqualTo(line.at("/labels/run_id").asString().replace("-", "")));
        }
    }

    private PricewireProcess pricewire(String database, FakeService coinGecko, FakeService coinPaprika)
            throws Exception {
        Files.createDirectories(folder.resolve(".pricewire"));
        Files.createFile(folder.resolve(".pricewire/samples-loaded"));
        return new PricewireProcess(folder)
                .with("COINGECKO_ENABLED", "true")
                .with("COINGECKO_API_URL", coinGecko.url().toString())
                .with("COINGECKO_PLAN", "demo")
                .with("COINGECKO_API_KEY", PLANTED + "-a")
                .with("COINPAPRIKA_ENABLED", "true")
                .with("COINPAPRIKA_API_URL", coinPaprika.url().toString())
                .with("COINPAPRIKA_API_KEY", PLANTED + "-b")
                .with("DATABASE_URL", database)
                .with("API_KEY", API_KEY)
                .with(
                        "PRICEWIRE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                        "a.Module required password=\"" + PLANTED + "-e\";")
                .with("LOG_FORMAT", "ecs")
                .with("LOG_LEVEL", "TRACE")
                .with("LOGGING_LEVEL_ORG_APACHE_KAFKA_CLIENTS", "DEBUG")
                .with("LOGGING_LEVEL_ORG_SPRINGFRAMEWORK", "TRACE")
                .with("LOGGING_LEVEL_REACTOR_KAFKA", "TRACE")
                .with("LOGGING_LEVEL_REACTOR_NETTY", "TRACE");
    }

    /** From now on the server asks for the password; returns the URL that has it. */
    private static String demandPassword(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(postgres.port()));
                Statement statement = connection.createStatement()) {
            statement.execute("alter role pricewire password '%s-c'".formatted(PLANTED));
            ResultSet row = statement.executeQuery("show hba_file");
            row.next();
            Path rules = Path.of(row.getString(1));
            Files.writeString(rules, "host all pricewire all scram-sha-256\n" + Files.readString(rules));
            statement.execute("select pg_reload_conf()");
        }
        return postgres.url().replace("pricewire@", "pricewire:%s-c@".formatted(PLANTED));
    }

    private static String answer(PricewireProcess pricewire, String question, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pricewire.url() + question))
                .timeout(PricewireProcess.PATIENCE)
                .header("X-API-Key", key)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.headers().map() + response.body();
    }
}
