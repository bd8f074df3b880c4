package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.ingestor.testing.Recordings;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CoinGecko, CoinPaprika and Gemini, played by servers on this machine, from their answers to the API. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
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
    void bringEveryRecordedPriceToTopicsTablesAndTheApi() throws Exception {
        String first = Recordings.read("coingecko/markets_2022-02-23_p1_250.json");
        String last = Recordings.read("coingecko/markets_2022-02-23_empty_page.json");
        String tickers = Recordings.read("coinpaprika/tickers_2019-09-06_usd_2541.json");
        Reply pages = (request, response) -> FakeService.json(request.uri().contains("&page=1&") ? first : last)
                .send(request, response);
        try (FakeService coinGecko = new FakeService(pages);
                FakeService coinPaprika = new FakeService(FakeService.json(tickers));
                FakeService gemini = new FakeService(gemini());
                PricewireProcess pricewire = pricewire(coinGecko, coinPaprika, "3600")) {
            pricewire
                    .with("GEMINI_ENABLED", "true")
                    .with("GEMINI_API_URL", gemini.url().toString())
                    .with("GEMINI_SYMBOLS", "btcusd,btcusdt,usdcusd,nopeusd")
                    .with("GEMINI_POLL_INTERVAL", "3600")
                    .with("REQUEST_DELAY", "0")
                    .start();

            assertSame(pricewire, "coingecko", List.copyOf(JSON.readTree(first).values()), OF_COINGECKO);
            assertSame(
                    pricewire, "coinpaprika", List.copyOf(JSON.readTree(tickers).values()), OF_COINPAPRIKA);
            assertBringsPairs(pricewire);
        }
    }

    /** The pairs of a feed, of which three have recorded tickers, and one is not there. */
    private static Reply gemini() throws IOException {
        String feed =
                Recordings.read("gemini/pricefeed_docs_example.json").strip().replaceFirst("]$", """
                ,{"pair":"BTCUSDT","price":"1"},{"pair":"USDCUSD","price":"1"}]""");
        Map<String, String> answers = Map.of(
                "/v1/pricefeed", feed,
                "/v1/pubticker/btcusd", Recordings.read("gemini/pubticker_BTCUSD_2017-10-03.json"),
                "/v1/pubticker/btcusdt", Recordings.read("gemini/pubticker_btcusdt_2024-03-13.json"),
                "/v1/pubticker/usdcusd", Recordings.read("gemini/pubticker_usdcusd_2024-04-11.json"));
        return (request, response) -> {
            String path = request.uri();
            String pair = path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
            String quote = pair.endsWith("USDT") ? "USDT" : "USD";
            String details =
                    "{\"symbol\":\"%s\",\"base_currency\":\"%s\",\"quote_currency\":\"%s\",\"status\":\"open\"}"
                            .formatted(pair, pair.substring(0, pair.length() - quote.length()), quote);
            return FakeService.json(answers.getOrDefault(path, details)).send(request, response);
        };
    }

    private static void assertBringsPairs(PricewireProcess pricewire) throws Exception {
        await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, "gemini") == 7);
        Map<String, JsonNode> prices = new HashMap<>();
        for (JsonNode price :
                pricewire.json("/api/v1/prices?numbers=string&source=gemini").path("data")) {
            prices.put(
                    price.path("source_asset_id").asString() + "/"
                            + price.path("quote").asString(),
                    price);
        }
        assertThat(prices.keySet())
                .containsExactlyInAnyOrder(
                        "BTC/USD", "ETH/USD", "BCH/USD", "LTC/USD", "ZEC/USD", "BTC/USDT", "USDC/USD");
        assertThat(prices.get("BTC/USD").path("asset_id").asString()).isEqualTo("bitcoin");
        assertThat(prices.get("BTC/USD").path("bid").asString()).isEqualTo("4407.81");
        assertThat(prices.get("BTC/USD").path("volume_24h").asString()).isEqualTo("21292243.803004461798");
        assertThat(prices.get("BTC/USDT").path("price").asString()).isEqualTo("73268.24");
        assertThat(prices.get("ETH/USD").path("price").asString()).isEqualTo("257.54");
        await().atMost(PricewireProcess.PATIENCE)
                .untilAsserted(() -> assertThat(pricewire
                                .json("/api/v1/sources/gemini")
                                .path("error")
                                .asString())
                        .contains("GEMINI_SYMBOLS names nopeusd, which the exchange does not have"));
        assertThat(pricewire.json("/api/v1/sources/gemini").path("state").asString())
                .isEqualTo("degraded");
    }

    @Test
    void sayWhyARunFailedAndGoOn() throws Exception {
        String coins =
                "[{\"id\":\"a\",\"symbol\":\"a\",\"name\":\"A\",\"current_price\":1.5,\"last_updated\":\"2026-01-01T00:00:00Z\"}]";
        String ticker = "[{\"id\":\"b\",\"symbol\":\"B\",\"name\":\"B\",\"quotes\":{\"USD\":{\"price\":2.5}}}]";
        try (FakeService coinGecko = new FakeService(FakeService.json(coins));
                FakeService coinPaprika = new FakeService(FakeService.status(503, "away"));
                PricewireProcess pricewire =
                        pricewire(coinGecko, coinPaprika, "1").with("MAX_RETRIES", "0")) {
            coinGecko.then(
                    FakeService.json(coins.substring(0, 20)),
                    FakeService.json("<html><title>Oops</title>"),
                    FakeService.status(500, coins),
                    FakeService.status(429, "{}"),
                    FakeService.withoutEnd("["));
            // As long as an answer may take on a machine that is busy with other things.
            pricewire.with("REQUEST_TIMEOUT", "8").start();

            await().atMost(PricewireProcess.PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(errors(pricewire, "coingecko"))
                            .anySatisfy(error -> assertThat(error).contains("JSON that ends in the middle"))
                            .anySatisfy(error -> assertThat(error).contains("an HTML page, \"Oops\""))
                            .anySatisfy(error -> assertThat(error).endsWith("answered 500"))
                            .anySatisfy(error -> assertThat(error).endsWith("answered 429"))
                            .anySatisfy(error -> assertThat(error).contains("did not end within 8 s")));
            await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, "coingecko") == 1);
            assertThat(pricewire.text("/actuator/prometheus"))
                    .as("the metrics of all services")
                    .contains(
                            "pricewire_ingestor_run_seconds_count{ingestor=\"coinpaprika\",outcome=\"unavailable\","
                                    + "service=\"ingestor-coinpaprika\"}",
                            "pricewire_ingestor_published_total{ingestor=\"coingecko\",service=\"ingestor-coingecko\"}",
                            "pricewire_normalizer_normalized_total{service=\"normalizer\"}",
                            "pricewire_streams_open{kind=\"observed\",service=\"query-service\"}",
                            "service=\"standalone\"");
            JsonNode away = pricewire.json("/api/v1/sources/coinpaprika");
            assertThat(away.path("state").stringValue()).isEqualTo("unavailable");
            assertThat(away.path("next_run_at").stringValue()).isNotNull();

            coinPaprika.always(FakeService.json(ticker));
            await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, "coinpaprika") == 1);
        }
    }

    private PricewireProcess pricewire(FakeService coinGecko, FakeService coinPaprika, String interval)
            throws IOException {
        Files.createDirectories(folder.resolve(".pricewire"));
        Files.createFile(folder.resolve(".pricewire/samples-loaded"));
        return new PricewireProcess(folder)
                .with("COINGECKO_ENABLED", "true")
                .with("COINGECKO_API_URL", coinGecko.url().toString())
                .with("COINGECKO_POLL_INTERVAL", interval)
                .with("COINPAPRIKA_ENABLED", "true")
                .with("COINPAPRIKA_API_URL", coinPaprika.url().toString())
                .with("COINPAPRIKA_POLL_INTERVAL", interval)
                .with("PRICEWIRE_INGESTOR_RETRYDELAY", "1");
    }

    private static void assertSame(
            PricewireProcess pricewire, String source, List<JsonNode> recorded, Map<String, String> places)
            throws Exception {
        await().atMost(PricewireProcess.PATIENCE).until(() -> total(pricewire, source) >= recorded.size());
        Map<String, Map<String, BigDecimal>> expected = new HashMap<>();
        for (JsonNode record : recorded) {
            expected.put(
                    record.path("id").stringValue(), known(places.keySet(), field -> record.at(places.get(field))));
        }
        Set<String> fields = places.keySet();
        assertThat(atTheApi(pricewire, source, fields)).as("the API").isEqualTo(expected);
        assertThat(inTable(pricewire, "price_latest", source, fields)).isEqualTo(expected);
        assertThat(inTable(pricewire, "price_history", source, fields)).isEqualTo(expected);
        assertThat(inTopic(pricewire, "prices.raw." + source, source, fields)).isEqualTo(expected);
        assertThat(inTopic(pricewire, "prices.normalized", source, fields)).isEqualTo(expected);
    }

    private static Map<String, Map<String, BigDecimal>> atTheApi(
            PricewireProcess pricewire, String source, Set<String> fields) throws Exception {
        Map<String, Map<String, BigDecimal>> found = new HashMap<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = pricewire.json(
                    "/api/v1/prices?numbers=string&page_size=1000&source=" + source + "&cursor=" + cursor);
            for (JsonNode price : page.path("data")) {
                assertThat(price.path("stale").booleanValue()).isTrue();
                found.put(price.path("source_asset_id").stringValue(), known(fields, price::path));
            }
            cursor = page.path("next").stringValue(null);
        }
        return found;
    }

    private static Map<String, Map<String, BigDecimal>> inTable(
            PricewireProcess pricewire, String table, String source, Set<String> fields) throws SQLException {
        Map<String, Map<String, BigDecimal>> found = new HashMap<>();
        try (Connection connection = pricewire.database();
                PreparedStatement statement =
                        connection.prepareStatement("select * from " + table + " where source = ?")) {
            statement.setString(1, source);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Map<String, BigDecimal> numbers = new HashMap<>();
                for (String field : fields) {
                    putKnown(numbers, field, rows.getBigDecimal(field));
                }
                assertThat(found.put(rows.getString("source_asset_id"), numbers))
                        .as("another row of it in " + table)
                        .isNull();
            }
        }
        return found;
    }

    /** The events of the topic, read as someone else's program reads them. */
    private static Map<String, Map<String, BigDecimal>> inTopic(
            PricewireProcess pricewire, String topic, String source, Set<String> fields) {
        Map<String, Map<String, BigDecimal>> found = new HashMap<>();
        for (DynamicMessage event : OrdinaryConsumer.readAll(
                pricewire.kafka(), topic, record -> parse(record.value(), topic.startsWith("prices.raw.")))) {
            if (get(event, "source").equals(source)) {
                Map<String, BigDecimal> numbers = new HashMap<>();
                ((Message) get(event, "figures")).getAllFields().forEach((field, value) -> {
                    if (fields.contains(field.getName())) {
                        putKnown(numbers, field.getName(), new BigDecimal(digits(value)));
                    }
                });
                assertThat(found.put((String) get(event, "source_asset_id"), numbers))
                        .as("another event of it in " + topic)
                        .isNull();
            }
        }
        return found;
    }

    private static DynamicMessage parse(byte[] value, boolean isRaw) {
        try {
            return DynamicMessage.parseFrom(isRaw ? PriceObserved.getDescriptor() : Price.getDescriptor(), value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static String digits(Object value) {
        return value instanceof Message decimal ? (String) get(decimal, "digits") : value.toString();
    }

    private static Map<String, BigDecimal> known(Set<String> fields, Function<String, JsonNode> record) {
        Map<String, BigDecimal> numbers = new HashMap<>();
        for (String field : fields) {
            JsonNode node = record.apply(field);
            if (!node.isNull() && !node.isMissingNode()) {
                putKnown(numbers, field, new BigDecimal(node.asString()));
            }
        }
        return numbers;
    }

    /** Equal numbers are equal here, however many zeros they end with; where 0 says that it is unknown, it is left out. */
    private static void putKnown(Map<String, BigDecimal> numbers, String field, @Nullable BigDecimal number) {
        if (number != null && (number.signum() != 0 || !UNKNOWN_WHERE_ZERO.contains(field))) {
            numbers.put(field, number.stripTrailingZeros());
        }
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
