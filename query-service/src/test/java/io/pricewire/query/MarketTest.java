package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.prices.Prices;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What earlier services taught their clients: data and stats. */
class MarketTest {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.ASSETS + Rows.HISTORY + Rows.RUNS);
        service.publish(
                price("bitcoin", "60000.10", "1200000000000.5", "1.25"),
                price("bitcoin", "60000.30", "1200000000001.5", "1.50")
                        .setSource("coinpaprika")
                        .setSourceAssetId("btc-bitcoin")
                        .setObservedAt(Prices.timestamp(Prices.TIME.plusSeconds(1))),
                price("ethereum", "0.000000000012", "400000000000", "-3"),
                Prices.of("unknown", "2"),
                price("euro", "1", "1000", "99").setQuote("EUR"));
        service.awaitPrices(5);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void listsTheLatestPricesInDollarsAsEarlierServicesDid() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/data?page_size=1", "X-Request-Id", "r7");

        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .matches("\\{\"data\":\\[\\{\"id\":\\d+,\"coin_id\":\"btc-bitcoin\",\"name\":\"The bitcoin\","
                        + "\"symbol\":\"BITCOIN\",\"price_usd\":60000\\.30,\"market_cap\":1200000000001\\.5,"
                        + "\"volume_24h\":null,\"source\":\"coinpaprika\",\"ingested_at\":\"2026-11-21T07:00:01\\.123Z\"}],"
                        + "\"total\":4,\"page\":1,\"page_size\":1,\"request_id\":\"r7\",\"api_latency_ms\":[\\d.]+}");
    }

    @Test
    void givesEachRowOfDataAnIdThatStays() throws Exception {
        JsonNode before = service.json("/api/v1/data");
        JsonNode after = service.json("/api/v1/data");

        assertThat(before.get("data").findValuesAsString("id"))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .isEqualTo(after.get("data").findValuesAsString("id"));
    }

    @Test
    void filtersData() throws Exception {
        JsonNode page = service.json("/api/v1/data?source=coinpaprika,coingecko&coin_id=bitcoin&symbol=bitcoin");

        assertThat(page.get("data").findValuesAsString("price_usd")).containsExactly("60000.10");
        assertThat(service.get("/api/v1/data?cursor=").statusCode()).isEqualTo(400);
    }

    @Test
    void countsAnAssetOnceAsItWasObservedLast() throws Exception {
        JsonNode stats = service.json("/api/v1/stats");

        assertThat(stats.get("total_coins").asInt()).isEqualTo(3);
        assertThat(stats.get("total_market_cap").asString()).isEqualTo("1600000000001.5");
        assertThat(stats.get("total_volume").isNull()).isTrue();
        assertThat(stats.get("avg_price").asString()).startsWith("20000.766666666670666");
        assertThat(stats.get("total_records").asInt()).isEqualTo(30);
    }

    @Test
    void ranksWhatRoseAndWhatFell() throws Exception {
        JsonNode stats = service.json("/api/v1/stats?limit=1");

        assertThat(stats.get("top_gainers").findValuesAsString("source")).containsExactly("coinpaprika");
        assertThat(stats.get("top_losers").findValuesAsString("asset_id")).containsExactly("ethereum");
        assertThat(service.get("/api/v1/stats").body()).contains("\"price\":0.000000000012,");
    }

    @Test
    void tellsHowTheIngestorsAreDoing() throws Exception {
        JsonNode sources = service.json("/api/v1/stats").get("sources");

        assertThat(sources.findValuesAsString("source")).containsExactly("coingecko", "csv", "gemini");
        assertThat(sources.get(0).toString())
                .isEqualTo("{\"source\":\"coingecko\",\"records_processed\":0,\"duration_seconds\":2.000,"
                        + "\"last_success_timestamp\":\"2026-11-21T07:00:01.230Z\","
                        + "\"last_failure_timestamp\":\"2026-11-21T07:05:02Z\",\"status\":\"failure\"}");
        assertThat(sources.get(2).get("status").isNull()).isTrue();
    }

    @Test
    void takesOtherCurrencies() throws Exception {
        JsonNode stats = service.json("/api/v1/stats?quote=eur&numbers=string");

        assertThat(stats.get("total_market_cap").isString()).isTrue();
        assertThat(stats.get("total_coins").asInt()).isEqualTo(1);
    }

    private static Price.Builder price(String asset, String price, String marketCap, String change) {
        Price.Builder builder = Prices.of(asset, price);
        builder.getFiguresBuilder().setMarketCap(Prices.decimal(marketCap)).setChange24HPct(Prices.decimal(change));
        return builder;
    }
}
