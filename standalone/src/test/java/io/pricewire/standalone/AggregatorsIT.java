package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.ingestor.testing.Recordings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CoinGecko and CoinPaprika, played by servers on this machine, from their answers to the API. */
class AggregatorsIT {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Map<String, String> OF_COINGECKO = Map.of(
            "price", "/current_price",
            "market_cap", "/market_cap",
            "volume_24h", "/total_volume",
            "high_24h", "/high_24h",
            "low_24h", "/low_24h",
            "change_24h_pct", "/price_change_percentage_24h",
            "rank", "/market_cap_rank",
            "circulating_supply", "/circulating_supply");
    private static final Map<String, String> OF_COINPAPRIKA = Map.of(
            "price", "/quotes/USD/price",
            "market_cap", "/quotes/USD/market_cap",
            "volume_24h", "/quotes/USD/volume_24h",
            "change_24h_pct", "/quotes/USD/percent_change_24h",
            "rank", "/rank",
            "circulating_supply", "/circulating_supply");
    private static final List<String> UNKNOWN_WHERE_ZERO = List.of("market_cap", "circulating_supply", "rank");

    @TempDir
    Path folder;

    @Test
    void bringEveryRecordedPriceToTheApi() throws Exception {
        String first = Recordings.read("coingecko/markets_2022-02-23_p1_250.json");
        String last = Recordings.read("coingecko/markets_2022-02-23_empty_page.json");
        String tickers = Recordings.read("coinpaprika/tickers_2019-09-06_usd_2541.json");
        Reply pages = (request, response) -> FakeService.json(request.uri().contains("&page=1&") ? first : last)
                .send(request, response);
        try (FakeService coinGecko = new FakeService(pages);
                FakeService coinPaprika = new FakeService(FakeService.json(tickers));
                PricewireProcess pricewire = pricewire(coinGecko, coinPaprika)) {
            pricewire.start();

            assertSame(pricewire, "coingecko", List.copyOf(JSON.readTree(first).values()), OF_COINGECKO);
            assertSame(
                    pricewire, "coinpaprika", List.copyOf(JSON.readTree(tickers).values()), OF_COINPAPRIKA);
        }
    }

    @Test
    void sayWhyARunFailedAndGoOn() throws Exception {
        String coins =
                "[{\"id\":\"a\",\"symbol\":\"a\",\"name\":\"A\",\"current_price\":1.5,\"last_updated\":\"2026-01-01T00:00:00Z\"}]";
        String ticker = "[{\"id\":\"b\",\"symbol\":\"B\",\"name\":\"B\",\"quotes\":{\"USD\":{\"price\":2.5}}}]";
        try (FakeService coinGecko = new FakeService(FakeService.json(coins));
                FakeService coinPaprika = new FakeService(FakeService.json(ticker));
                PricewireProcess pricewire = pricewire(coinGecko, coinPaprika).with("MAX_RETRIES", "0")) {
            coinGecko.then(
                    FakeService.json(coins.substring(0, 20)),
                    FakeService.json("<html><title>Oops</title>"),
                    FakeService.status(500, coins),
                    FakeService.status(429, "{}"),
                    FakeService.withoutEnd("["));
            pricewire.with("REQUEST_TIMEOUT", "2").start();

            await().atMost(PricewireProcess.PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(errors(pricewire, "coingecko"))
                            .anySatisfy(error -> assertThat(error).contains("JSON that ends in the middle"))
                            .anySatisfy(error -> assertThat(error).contains("an HTML page, \"Oops\""))
                            .anySatisfy(error -> assertThat(error).endsWith("answered 500"))
                            .anySatisfy(error -> assertThat(error).endsWith("answered 429"))
                            .anySatisfy(error -> assertThat(error).contains("did not end within 2 s")));
            await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, "coingecko") == 1);
            assertThat(total(pricewire, "coinpaprika")).isEqualTo(1);
        }
    }

    private PricewireProcess pricewire(FakeService coinGecko, FakeService coinPaprika) throws IOException {
        Files.createDirectories(folder.resolve(".pricewire"));
        Files.createFile(folder.resolve(".pricewire/samples-loaded"));
        return new PricewireProcess(folder)
                .with("COINGECKO_ENABLED", "true")
                .with("COINGECKO_API_URL", coinGecko.url().toString())
                .with("COINGECKO_POLL_INTERVAL", "1")
                .with("COINPAPRIKA_ENABLED", "true")
                .with("COINPAPRIKA_API_URL", coinPaprika.url().toString())
                .with("COINPAPRIKA_POLL_INTERVAL", "1")
                .with("PRICEWIRE_INGESTOR_RETRYDELAY", "1");
    }

    private static void assertSame(
            PricewireProcess pricewire, String source, List<JsonNode> recorded, Map<String, String> places)
            throws Exception {
        await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, source) >= recorded.size());
        Map<String, JsonNode> prices = new HashMap<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = pricewire.json(
                    "/api/v1/prices?numbers=string&page_size=1000&source=" + source + "&cursor=" + cursor);
            page.path("data")
                    .forEach(price -> prices.put(price.path("source_asset_id").stringValue(), price));
            cursor = page.path("next").stringValue(null);
        }
        assertThat(prices).hasSize(recorded.size());
        assertThat(recorded).allSatisfy(record -> {
            JsonNode price = prices.get(record.path("id").stringValue());
            places.forEach((field, place) -> assertThat(number(price.path(field)))
                    .as("%s of %s", field, price)
                    .isEqualTo(expected(field, record.at(place))));
            assertThat(price.path("stale").booleanValue()).isTrue();
        });
    }

    private static BigDecimal expected(String field, JsonNode recorded) {
        BigDecimal number = recorded.isNumber() ? recorded.decimalValue().stripTrailingZeros() : null;
        boolean isUnknown = number != null && number.signum() == 0 && UNKNOWN_WHERE_ZERO.contains(field);
        return isUnknown ? null : number;
    }

    private static BigDecimal number(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : new BigDecimal(node.asString()).stripTrailingZeros();
    }

    private static int total(PricewireProcess pricewire, String source) throws Exception {
        return pricewire
                .json("/api/v1/prices?page_size=1&source=" + source)
                .path("total")
                .intValue();
    }

    private static List<String> errors(PricewireProcess pricewire, String source) throws SQLException {
        List<String> errors = new ArrayList<>();
        try (Connection connection = pricewire.database();
                PreparedStatement statement = connection.prepareStatement(
                        "select error from ingest_run where ingestor = ? and status = 'failure'")) {
            statement.setString(1, source);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                errors.add(rows.getString(1));
            }
        }
        return errors;
    }
}
