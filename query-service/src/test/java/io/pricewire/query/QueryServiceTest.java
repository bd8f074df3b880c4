package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pricewire.query.prices.Prices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The service as its clients see it. */
class QueryServiceTest {

    private static final String RUN = "11111111-1111-4111-8111-111111111111";

    private static final String RUNNING = "33333333-3333-4333-8333-333333333333";

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute("""
                select ensure_partitions('price_history', array['2026-11-01T00:00:00Z'::timestamptz], '1 month');
                insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now());
                insert into asset_alias values
                  ('a', 'btc', 'bitcoin', 'BTC', 'Bitcoin', 'own', '{}', 'test', now()),
                  ('b', 'btc-bitcoin', 'bitcoin', 'BTC', 'Bitcoin', 'own', '{}', 'test', now());
                insert into price_history
                  (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id, ingested_at,
                   event_id, run_id, origin, price)
                select source, source_asset_id, quote, 'tick', '2026-11-21T07:00:00Z'::timestamptz + n * interval '1 minute',
                  false, asset_id, now(), gen_random_uuid(), '11111111-1111-4111-8111-111111111111', 'live', n + 0.10
                from asset_alias, generate_series(0, 24) as n, unnest(array['USD', 'EUR']) as quote;
                insert into ingest_run
                  (run_id, ingestor, status, trigger, started_at, finished_at, seen, published, unchanged, refused, calls,
                   retries, file, size, progress, ends, revision)
                values ('11111111-1111-4111-8111-111111111111', 'csv', 'partial', 'file', '2026-11-21T07:00:00Z',
                  '2026-11-21T07:00:01.5Z', 103, 102, 0, 1, 0, 0, 'prices.csv', 10, 10, '[]', 3),
                  ('33333333-3333-4333-8333-333333333333', 'csv', 'running', 'file', '2026-11-21T07:00:00Z',
                  null, 5, 5, 0, 0, 0, 0, 'more.csv', 10, 5, '[]', 1);
                insert into rejected_observation (rejection_id, source, source_asset_id, reasons, original, original_type,
                  run_id, rejected_at)
                values (gen_random_uuid(), 'a', '', '[]', '', 'text/plain', '11111111-1111-4111-8111-111111111111', now())""");
        service.publish(Prices.withMarketCap("large", "2000"), Prices.withMarketCap("small", "1000"));
        await().atMost(RunningService.PATIENCE)
                .until(() -> json("/api/v1/prices").get("total").asInt() >= 2);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void saysWhatItIsAndWhoseDataItHas() throws Exception {
        JsonNode about = json("/api/v1");

        assertThat(about.get("name").asString()).isEqualTo("Pricewire");
        assertThat(about.get("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(about.get("attribution").findValuesAsString("text"))
                .containsExactly("Data provided by CoinGecko", "CoinPaprika");
        for (JsonNode link : about.get("links")) {
            if (!link.asString().contains("stream")) {
                assertThat(service.get(link.asString()).statusCode())
                        .as(link.asString())
                        .isIn(200, 302);
            }
        }
    }

    @Test
    void showsABrowserWhereToGoOnAndWhoseDataItIs() throws Exception {
        HttpResponse<String> page = service.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains("<a href=\"https://www.coingecko.com\">Data provided by CoinGecko</a>")
                .contains("<a href=\"https://coinpaprika.com\">CoinPaprika</a>")
                .contains("<a href=\"/api/v1/prices\">prices</a>")
                .doesNotContain("{version}", "{links}", "{attribution}");
    }

    @Test
    void listsTheLatestPrices() throws Exception {
        JsonNode page = json("/api/v1/prices?q=l&page_size=1");

        assertThat(page.get("data").get(0).get("asset_id").asString()).isEqualTo("large");
        assertThat(page.get("data").get(0).get("market_cap").asString()).isEqualTo("2000");
        assertThat(page.get("page").asInt()).isEqualTo(1);
        assertThat(page.get("page_size").asInt()).isEqualTo(1);
        assertThat(page.get("next").isString()).isTrue();
    }

    @Test
    void saysNeitherPageNorTotalWithACursor() throws Exception {
        JsonNode page = json("/api/v1/prices?cursor=&page_size=1000");

        assertThat(page.get("page").isNull()).isTrue();
        assertThat(page.get("total").isNull()).isTrue();
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void givesBackASaneRequestIdAndSaysHowLongItTook() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/prices", "X-Request-Id", "my-request.1");

        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("my-request.1");
        assertThat(response.headers().firstValue("Server-Timing").orElseThrow()).matches("app;dur=\\d+\\.\\d{3}");
    }

    @Test
    void makesARequestIdWhereTheGivenOneIsNotSane() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/prices", "X-Request-Id", "<script>");

        assertThat(response.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f-]{36}");
    }

    @Test
    void sparesAClientTheBodyThatItHasAlready() throws Exception {
        String path = "/api/v1/assets/bitcoin/history?source=a&page_size=3";
        HttpResponse<String> first = service.get(path);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = service.get(path, "If-None-Match", "\"another\", " + tag);

        assertThat(tag).matches("\"[\\w-]{22}\"");
        assertThat(first.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(service.get("/api/v1/assets/bitcoin/history?source=b&page_size=3", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/data",
                "/api/v1/stats",
                "/api/v1/health",
                "/health",
                "/api/v1/prices?page=0",
                "/api/v1/x"
            })
    void tagsNothingThatDiffersFromRequestToRequest(String path) throws Exception {
        assertThat(service.get(path).headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void answersBadParametersWithAProblem() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/prices?page=0&sort=colour", "X-Request-Id", "r1");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = RunningService.json(response);
        assertThat(problem.get("type").asString()).isEqualTo("urn:pricewire:problem:bad-parameters");
        assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("instance").asString()).isEqualTo("/api/v1/prices");
        assertThat(problem.get("request_id").asString()).isEqualTo("r1");
        assertThat(problem.get("errors").findValuesAsString("parameter")).containsExactly("page", "sort");
    }

    @Test
    void answersAnUnknownPathWithAProblem() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(response).get("detail").asString())
                .isEqualTo("there is nothing at /api/v1/nothing");
    }

    @Test
    void saysWhichMethodsAPathTakes() throws Exception {
        HttpResponse<String> response = service.send(service.request("/api/v1/prices")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void answersHeadWithTheHeadersOfGet() throws Exception {
        HttpResponse<String> response =
                service.send(service.request("/api/v1/prices").HEAD().build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void listsHistoryNewestFirstWithATotal() throws Exception {
        JsonNode page = json("/api/v1/assets/bitcoin/history?page_size=3");

        assertThat(page.get("total").asInt()).isEqualTo(100);
        assertThat(page.get("data").size()).isEqualTo(3);
        assertThat(page.get("data").get(0).get("observed_at").asString()).isEqualTo("2026-11-21T07:24:00Z");
        assertThat(page.get("data").get(0).get("source").asString()).isEqualTo("a");
        assertThat(page.get("data").get(0).get("quote").asString()).isEqualTo("EUR");
    }

    @Test
    void keepsEveryDigitOfHistory() throws Exception {
        assertThat(service.get("/api/v1/assets/bitcoin/history?page_size=1").body())
                .contains("\"price\":24.10,");
        assertThat(service.get("/api/v1/assets/bitcoin/history?page_size=1&numbers=string")
                        .body())
                .contains("\"price\":\"24.10\",");
    }

    @Test
    void filtersHistory() throws Exception {
        JsonNode page = json("/api/v1/assets/bitcoin/history?source=b&quote=usd&interval=tick"
                + "&from=2026-11-21T07:05:00Z&to=2026-11-21T07:07:00Z");

        assertThat(page.get("data").findValuesAsString("price")).containsExactly("6.10", "5.10");
        assertThat(page.get("data").findValuesAsString("source")).containsOnly("b");
    }

    @Test
    void neitherRepeatsNorSkipsHistoryWithACursor() throws Exception {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = json("/api/v1/assets/bitcoin/history?page_size=7&cursor=" + cursor);
            seen.addAll(page.get("data").findValuesAsString("event_id"));
            cursor = page.get("next").stringValue(null);
        }

        JsonNode whole = json("/api/v1/assets/bitcoin/history?page_size=1000");
        assertThat(seen).isEqualTo(whole.get("data").findValuesAsString("event_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=nonsense",
                "cursor=WyItOTk5OTk5LTAxLTAxVDAwOjAwOjAwWiIsImEiLCJiIiwiYyIsImQiXQ",
                "from=-999999-01-01T00:00:00Z",
                "source=a%00b",
                "from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z"
            })
    void refusesHistoryThatCannotBeAskedFor(String query) throws Exception {
        assertThat(service.get("/api/v1/assets/bitcoin/history?" + query).statusCode())
                .isEqualTo(400);
    }

    @Test
    void readsOnAfterARequestThatCameBeforeTheAnswerToAnother() throws Exception {
        URI url = URI.create(service.url());
        String slow = "GET /api/v1/assets/bitcoin/history HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String quick = "GET /api/v1/prices HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

            out.write((slow + quick).getBytes(StandardCharsets.UTF_8));
            awaitAnswers(2, in);
            out.write(quick.getBytes(StandardCharsets.UTF_8));

            awaitAnswers(1, in);
        }
    }

    /** Fails with a time-out where there are fewer. A body may end in the line in which the next answer begins. */
    private static void awaitAnswers(int count, BufferedReader in) throws IOException {
        int answers = 0;
        while (answers < count) {
            if (in.readLine().contains("HTTP/1.1 200")) {
                answers++;
            }
        }
    }

    @Test
    void knowsNoHistoryOfAnUnknownAsset() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/assets/nothing/history");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(response).get("detail").asString()).isEqualTo("there is no asset nothing");
    }

    @Test
    void knowsNothingWithANameThatTheDatabaseCannotHold() throws Exception {
        assertThat(service.get("/api/v1/assets/bit%00coin/history").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysWhichMethodsActuatorsTake() throws Exception {
        HttpResponse<String> response = service.send(service.request("/actuator/prometheus")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void showsARunAndWhatBecameOfIt() throws Exception {
        JsonNode run = json("/api/v1/runs/" + RUN);

        assertThat(run.get("status").asString()).isEqualTo("partial");
        assertThat(run.get("duration_seconds").asString()).isEqualTo("1.500");
        assertThat(run.get("error").isNull()).isTrue();
        assertThat(run.get("outcome").toString())
                .isEqualTo("{\"complete\":true,\"loaded\":100,\"unchanged\":2,\"quarantined\":1}");
    }

    @Test
    void knowsNoRunThatThereIsNot() throws Exception {
        assertThat(service.get("/api/v1/runs/22222222-2222-4222-8222-222222222222")
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.get("/api/v1/runs/not-an-id").statusCode()).isEqualTo(404);
    }

    @Test
    void doesNotCountBeforeARunIsOver() throws Exception {
        assertThat(json("/api/v1/runs/" + RUNNING).get("outcome").toString())
                .isEqualTo("{\"complete\":false,\"loaded\":null,\"unchanged\":null,\"quarantined\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/health", "/health"})
    void tellsThatAllIsWell(String path) throws Exception {
        JsonNode health = json(path);

        assertThat(health.get("status").asString()).isEqualTo("healthy");
        assertThat(health.get("database_connected").asBoolean()).isTrue();
        assertThat(health.get("broker_connected").asBoolean()).isTrue();
        assertThat(health.get("etl_last_run").get("records_processed").asInt()).isEqualTo(103);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus", "/docs"})
    void servesWhatOperatorsAndReadersLookFor(String path) throws Exception {
        assertThat(service.get(path).statusCode()).isIn(200, 302);
    }

    @Test
    void showsItsDocumentationInABrowser() throws Exception {
        assertThat(service.get("/swagger-ui/index.html").body()).contains("swagger-ui");
    }

    @Test
    void asksTheDatabaseInARoleThatOnlyReads() {
        assertThat(service.queryAsTheServiceDoes("select current_user")).isEqualTo("pricewire_reader");
        assertThat(service.queryAsTheServiceDoes("show default_transaction_read_only"))
                .isEqualTo("on");
    }

    @Test
    void asksInSessionsThatOnlyRead() {
        assertThatThrownBy(() -> service.queryAsTheServiceDoes("delete from price_latest returning source"))
                .hasStackTraceContaining("cannot execute DELETE in a read-only transaction");
    }

    private static JsonNode json(String path) throws Exception {
        return service.json(path);
    }
}
