package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.prices.Prices;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Assets and symbols as clients see them. */
class AssetsTest {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.ASSETS + Rows.HISTORY + Rows.CANDLES);
        service.publish(
                Prices.of("bitcoin", "64123.120"),
                Prices.of("bitcoin", "64123.13").setSource("coinpaprika").setSourceAssetId("btc-bitcoin"),
                Prices.of("ethereum", "3000"));
        service.awaitPrices(3);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void listsAssetsByTheirIds() throws Exception {
        JsonNode page = service.json("/api/v1/assets?page_size=2");

        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("data").get(0).toString())
                .isEqualTo("{\"asset_id\":\"batcoin\",\"symbol\":\"BTC\",\"name\":\"BatCoin\"}");
        assertThat(page.get("data").findValuesAsString("asset_id")).containsExactly("batcoin", "bitcoin");
    }

    @Test
    void neitherRepeatsNorSkipsAnAssetWithACursor() throws Exception {
        assertThat(service.byCursor("/api/v1/assets", 2))
                .extracting(asset -> asset.get("asset_id").asString())
                .containsExactly("batcoin", "bitcoin", "ethereum");
    }

    @ParameterizedTest
    @CsvSource({"q=BIT,bitcoin", "symbol=eth,ethereum", "q=coin&symbol=ETH,", "q=thereu,ethereum"})
    void findsAssets(String query, String expected) throws Exception {
        JsonNode page = service.json("/api/v1/assets?" + query);

        assertThat(String.join(",", page.get("data").findValuesAsString("asset_id")))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void showsAnAssetWithItsAliasesAndAllItsPrices() throws Exception {
        JsonNode asset = service.json("/api/v1/assets/bitcoin");

        assertThat(asset.get("name").asString()).isEqualTo("Bitcoin");
        assertThat(asset.get("aliases").findValuesAsString("source_asset_id"))
                .containsExactly("bitcoin", "btc-bitcoin");
        assertThat(asset.get("aliases").get(0).get("evidence").get("rank").asString())
                .isEqualTo("1.50");
        assertThat(asset.get("prices").findValuesAsString("price")).containsExactly("64123.120", "64123.13");
        assertThat(asset.get("reference_price").isNull()).isTrue();
    }

    @Test
    void writesPricesOfAnAssetAsStringsWhereThatIsAskedFor() throws Exception {
        assertThat(service.get("/api/v1/assets/bitcoin?numbers=string").body()).contains("\"price\":\"64123.120\"");
    }

    @Test
    void listsSymbolsWithTheirAssets() throws Exception {
        JsonNode page = service.json("/api/v1/symbols");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("data").toString())
                .isEqualTo("[{\"symbol\":\"BTC\",\"asset_ids\":[\"batcoin\",\"bitcoin\"]},"
                        + "{\"symbol\":\"ETH\",\"asset_ids\":[\"ethereum\"]}]");
        assertThat(service.byCursor("/api/v1/symbols", 1))
                .extracting(symbol -> symbol.get("symbol").asString())
                .containsExactly("BTC", "ETH");
    }

    @Test
    void showsEveryAssetThatBearsASymbol() throws Exception {
        JsonNode page = service.json("/api/v1/symbols/btc");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("data").get(0).get("prices").isEmpty()).isTrue();
        assertThat(page.get("data").get(1)).isEqualTo(service.json("/api/v1/assets/bitcoin"));
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/assets/nothing,there is no asset nothing", "/api/v1/symbols/NIX,no asset bears the symbol NIX"
    })
    void knowsNothingThatThereIsNot(String path, String detail) throws Exception {
        HttpResponse<String> response = service.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(response).get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void refusesParametersThatItDoesNotKnow() throws Exception {
        assertThat(service.get("/api/v1/symbols?q=b").statusCode()).isEqualTo(400);
        assertThat(service.get("/api/v1/assets/bitcoin?page=1").statusCode()).isEqualTo(400);
    }

    @Test
    void listsCandlesOldestFirst() throws Exception {
        JsonNode page = service.json("/api/v1/assets/bitcoin/candles?source=coingecko&interval=1m");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("data").get(0).toString())
                .isEqualTo("{\"asset_id\":\"bitcoin\",\"source\":\"coingecko\",\"source_asset_id\":\"bitcoin\","
                        + "\"quote\":\"USD\",\"interval\":\"1m\",\"opened_at\":\"2026-11-21T07:00:00Z\",\"open\":1.10,"
                        + "\"high\":2,\"low\":1,\"close\":1.50,\"volume_base\":null,\"volume_quote\":null,"
                        + "\"last_at\":\"2026-11-21T07:00:00Z\",\"from_bar\":false}");
        assertThat(service.byCursor("/api/v1/assets/bitcoin/candles?source=coingecko,coinpaprika&interval=5m", 1))
                .extracting(candle -> candle.get("source").asString())
                .containsExactly("coingecko", "coinpaprika");
    }

    @Test
    void listsCandlesOfTheReferencePriceUnlessAskedForOthers() throws Exception {
        assertThat(service.json("/api/v1/assets/bitcoin/candles").get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval=2h",
                "from=2026-11-21T07:00:00Z&to=2026-11-21T07:00:00Z",
                "cursor=x",
                "cursor=&page=1",
                "sort=close"
            })
    void refusesWhatCandlesCannotBeAskedFor(String query) throws Exception {
        HttpResponse<String> response = service.get("/api/v1/assets/bitcoin/candles?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.json(response).get("errors")).hasSize(1);
    }

    @Test
    void listsMetricsOfAllAssetsAndOfOne() throws Exception {
        assertThat(service.json("/api/v1/metrics?source=coingecko&sort=symbol")
                        .get("total")
                        .asInt())
                .isEqualTo(2);
        JsonNode metrics = service.json("/api/v1/assets/bitcoin/metrics?source=coingecko&numbers=string")
                .get("data")
                .get(0);

        assertThat(metrics.get("change_1h_pct").asString()).isEqualTo("100.000000");
        assertThat(metrics.get("change_24h_pct").isNull()).isTrue();
        assertThat(metrics.get("market_share_pct").asString()).isEqualTo("50.000000");
        assertThat(service.get("/api/v1/metrics?sort=rank").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"candles", "metrics"})
    void knowsNeitherCandlesNorMetricsOfAnAssetThatIsNotThere(String what) throws Exception {
        assertThat(service.get("/api/v1/assets/nothing/" + what).statusCode()).isEqualTo(404);
    }
}
