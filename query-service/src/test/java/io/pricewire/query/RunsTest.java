package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.prices.Prices;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs, sources, their quality and the quarantine as clients see them. */
class RunsTest {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.RUNS + Rows.REJECTED + Rows.QUALITY + Rows.OFFERS);
        service.publish(
                Prices.of("bitcoin", "1"),
                Prices.of("bitcoin", "1").setSource("csv-kaggle"),
                Prices.of("fresh", "1")
                        .setSource("csv-binance")
                        .setStaleAfter(com.google.protobuf.Duration.newBuilder().setSeconds(10_000_000_000L)));
        service.awaitPrices(3);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void scoresSourcesByWindow() throws Exception {
        JsonNode page = service.json("/api/v1/quality");

        assertThat(page.get("total").asInt()).isEqualTo(4);
        assertThat(page.get("data").get(0).toString())
                .isEqualTo("{\"source\":\"coingecko\",\"window\":\"1h\",\"completeness\":0.9876,\"consistency\":0.9900,"
                        + "\"freshness\":1.0000,\"validity\":0.9900,\"agreement\":1.0000,\"observed\":99,\"rejected\":1,"
                        + "\"fields\":[\"price\",\"market_cap\"],\"calculated_at\":\"2026-11-21T07:00:00Z\"}");
        assertThat(page.get("data").get(2).get("completeness").isNull()).isTrue();
        assertThat(service.byCursor("/api/v1/quality", 1))
                .extracting(score ->
                        score.get("source").asString() + score.get("window").asString())
                .containsExactly("coingecko1h", "coingecko24h", "csv-kaggle1h", "csv-kaggle24h");
    }

    @Test
    void scoresOnlyTheSourcesThatAreAskedFor() throws Exception {
        assertThat(service.json("/api/v1/quality?source=csv-kaggle,nobody")
                        .get("data")
                        .findValuesAsString("window"))
                .containsExactly("1h", "24h");
        assertThat(service.get("/api/v1/quality?window=1h").statusCode()).isEqualTo(400);
    }

    @Test
    void listsRunsNewestFirst() throws Exception {
        JsonNode page = service.json("/api/v1/runs");

        assertThat(page.get("total").asInt()).isEqualTo(5);
        assertThat(page.get("data").findValuesAsString("ingestor"))
                .startsWith("csv")
                .containsSubsequence("csv", "coingecko", "coingecko");
        assertThat(ids(service.byCursor("/api/v1/runs", 2)))
                .isEqualTo(page.get("data").findValuesAsString("run_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "source=coingecko,2 1",
        "status=success,1",
        "status=requested,5",
        "'status=failure,requested&source=gemini,coingecko',4 2",
        "command=20000000-0000-4000-8000-000000000001,5 4",
        "command=20000000-0000-4000-8000-000000000009,''"
    })
    void filtersRuns(String query, String expected) throws Exception {
        List<String> ids = service.json("/api/v1/runs?" + query).get("data").findValuesAsString("run_id");

        assertThat(ids.stream().map(id -> id.substring(35)).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=odd", "command=1", "cursor=x", "from=2026-11-21T07:00:00Z"})
    void refusesRunsThatCannotBeAskedFor(String query) throws Exception {
        assertThat(service.get("/api/v1/runs?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void saysThatARunHasFailedWhichNobodyTook() throws Exception {
        JsonNode run = service.json("/api/v1/runs/10000000-0000-4000-8000-000000000004");

        assertThat(run.get("status").asString()).isEqualTo("failure");
        assertThat(run.get("error").asString())
                .isEqualTo("no ingestor gemini took it within 60 seconds; it is not running, or switched off");
        assertThat(run.get("outcome").get("complete").asBoolean()).isTrue();
    }

    @Test
    void listsSourcesAndHowTheyAreDoing() throws Exception {
        JsonNode page = service.json("/api/v1/sources");

        assertThat(page.get("data").findValuesAsString("source"))
                .containsExactly("coingecko", "csv-binance", "csv-kaggle", "gemini");
        assertThat(page.get("data").findValuesAsString("ingestor")).contains("coingecko", "csv", "csv", "gemini");
        assertThat(page.get("data").findValuesAsString("state"))
                .containsExactly("unavailable", "partial", "stale", "idle");
        assertThat(service.byCursor("/api/v1/sources", 3)).hasSize(4);
    }

    @Test
    void showsASourceWithItsLastAndNextRun() throws Exception {
        JsonNode source = service.json("/api/v1/sources/coingecko");

        assertThat(source.get("error").asString()).isEqualTo("nobody answers");
        assertThat(source.get("prices").asInt()).isEqualTo(1);
        assertThat(source.get("stale_prices").asInt()).isEqualTo(1);
        assertThat(source.get("budget_left").asInt()).isEqualTo(9_996);
        assertThat(service.json("/api/v1/sources/csv-kaggle").get("budget_left").isNull())
                .isTrue();
        assertThat(source.get("last_run").get("retries").asInt()).isEqualTo(3);
        assertThat(source.get("last_success_at").asString()).isEqualTo("2026-11-21T07:00:01.230Z");
        assertThat(source.get("next_run_at").asString()).isEqualTo("2026-11-21T07:10:00Z");
        assertThat(service.get("/api/v1/sources/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void listsWhatASourceOffers() throws Exception {
        JsonNode page = service.json("/api/v1/sources/gemini/symbols");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("data").get(0).toString())
                .isEqualTo(
                        "{\"source_asset_id\":\"BTC\",\"symbol\":\"BTC\",\"name\":\"\",\"asset_id\":\"bitcoin\",\"quotes\":[\"USD\",\"USDT\"],\"described_at\":\"2026-11-21T07:00:00Z\"}");
        assertThat(page.get("data").get(1).get("asset_id").isNull()).isTrue();
        assertThat(service.byCursor("/api/v1/sources/gemini/symbols", 1)).hasSize(2);
        assertThat(service.json("/api/v1/sources/nobody/symbols").get("total").asInt())
                .isZero();
    }

    @Test
    void listsTheQuarantineNewestFirst() throws Exception {
        JsonNode page = service.json("/api/v1/rejected");

        assertThat(page.get("total").asInt()).isEqualTo(7);
        JsonNode newest = page.get("data").get(0);
        assertThat(newest.get("rejected_at").asString()).isEqualTo("2026-11-21T07:13:00Z");
        assertThat(newest.get("reasons").toString())
                .isEqualTo("[{\"code\":\"row_unreadable\",\"detail\":\"it is odd\"}]");
        assertThat(newest.get("original").asString()).hasSize(8_192).containsOnlyOnce("x".repeat(8_192));
        assertThat(newest.get("original_size").asInt()).isEqualTo(10_000);
        assertThat(newest.get("line").asInt()).isEqualTo(7);
        assertThat(page.get("data").get(6).get("original").asString()).isEqualTo("AQI=");
        assertThat(service.byCursor("/api/v1/rejected", 3).stream()
                        .map(row -> row.get("rejection_id").asString()))
                .isEqualTo(page.get("data").findValuesAsString("rejection_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "source=csv-kaggle,3",
        "reason=price_not_positive,2",
        "'reason=price_not_positive,row_unreadable',7",
        "run=10000000-0000-4000-8000-000000000003,7",
        "run=10000000-0000-4000-8000-000000000001,0",
        "from=2026-11-21T07:08:00Z&to=2026-11-21T07:10:00Z,2"
    })
    void filtersTheQuarantine(String query, int expected) throws Exception {
        assertThat(service.json("/api/v1/rejected?" + query).get("total").asInt())
                .isEqualTo(expected);
    }

    private static List<String> ids(List<JsonNode> runs) {
        return runs.stream().map(run -> run.get("run_id").asString()).toList();
    }
}
