package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.FakeService.Reply;
import io.pricewire.ingestor.testing.Recordings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which assets the recorded answers of both aggregators, and the files of others, are decided to be. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdentityIT {

    private static final String MARKETS = "coingecko/markets_2022-02-23_p1_250.json";
    private static final String TICKERS = "coinpaprika/tickers_2019-09-06_usd_2541.json";
    private static final List<String> FILES = List.of(
            "csv/kaggle_coin_Bitcoin_canonical.csv", "csv/kaggle_coin_XRP.csv", "csv/seed001_kasparro_sample.csv");

    @TempDir
    Path folder;

    @Test
    @Tag("full")
    void mergesByEvidenceAndLetsAnOperatorOverruleIt() throws Exception {
        JsonNode markets = JsonMapper.shared().readTree(Recordings.read(MARKETS));
        JsonNode tickers = JsonMapper.shared().readTree(Recordings.read(TICKERS));
        try (FakeService service = new FakeService(aggregators(markets.toString(), tickers.toString()));
                PricewireProcess pricewire = new PricewireProcess(folder)
                        .with("COINGECKO_ENABLED", "true")
                        .with("COINGECKO_API_URL", service.url().toString())
                        .with("COINPAPRIKA_ENABLED", "true")
                        .with("COINPAPRIKA_API_URL", service.url().toString())
                        .start()) {
            await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> total(pricewire, "coingecko,coinpaprika") == markets.size() + tickers.size());
            for (String file : FILES) {
                pricewire.run(
                        "load",
                        Path.of(System.getProperty("pricewire.fixtures"), file).toString());
            }

            Map<String, JsonNode> aliases = aliases(pricewire);
            assertMergedWhereNameAndSymbolAreUnique(markets, tickers, aliases);
            assertApartWhereOnlyTheSymbolIsEqual(markets, tickers, aliases);
            assertThat(asset(aliases, "csv-kaggle bitcoin")).isEqualTo("bitcoin");
            assertThat(asset(aliases, "csv-kaggle xrp")).isEqualTo("xrp");
            assertThat(aliases.get("csv-generic btc-bitcoin").get("method").asString())
                    .isEqualTo("known_id");
            print(pricewire, aliases);

            overruleAndRestart(pricewire);
        }
    }

    private static void overruleAndRestart(PricewireProcess pricewire) throws Exception {
        assertThat(pricewire
                        .put("/api/v1/aliases?source=csv-kaggle&source_asset_id=xrp", "{\"asset_id\":\"not-xrp\"}")
                        .statusCode())
                .isEqualTo(202);

        await().atMost(PricewireProcess.PATIENCE)
                .ignoreExceptions()
                .until(() -> pricewire
                                .json("/api/v1/assets/not-xrp/history?page_size=1")
                                .get("total")
                                .asInt()
                        > 2_000);
        await().atMost(PricewireProcess.PATIENCE)
                .until(() -> pricewire
                                .json("/api/v1/prices?asset=not-xrp")
                                .get("total")
                                .asInt()
                        == 1);
        assertThat(sources(pricewire, "/api/v1/assets/xrp/history?page_size=1000"))
                .doesNotContain("csv-kaggle");

        pricewire.stop();
        pricewire.start();
        assertThat(sources(pricewire, "/api/v1/prices?asset=not-xrp")).containsExactly("csv-kaggle");
        assertThat(sources(pricewire, "/api/v1/prices?asset=xrp")).doesNotContain("csv-kaggle");
        try (Connection connection = pricewire.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select previous_asset_id, asset_id, moved_at is not null"
                        + " from asset_alias_decision where method = 'operator'")) {
            assertThat(rows.next()).isTrue();
            assertThat(List.of(rows.getString(1), rows.getString(2), rows.getBoolean(3)))
                    .isEqualTo(List.of("xrp", "not-xrp", true));
        }
    }

    private static void assertMergedWhereNameAndSymbolAreUnique(
            JsonNode markets, JsonNode tickers, Map<String, JsonNode> aliases) {
        Map<String, List<String>> coinGecko = byTitle(markets);
        Map<String, List<String>> coinPaprika = byTitle(tickers);
        List<String> apart = new ArrayList<>();
        int pairs = 0;
        for (Map.Entry<String, List<String>> entry : coinGecko.entrySet()) {
            List<String> others = coinPaprika.getOrDefault(entry.getKey(), List.of());
            if (entry.getValue().size() == 1 && others.size() == 1) {
                pairs++;
                String one = asset(aliases, "coingecko " + entry.getValue().getFirst());
                if (!one.equals(asset(aliases, "coinpaprika " + others.getFirst()))) {
                    apart.add(entry.getKey());
                }
            }
        }
        System.out.printf("identity: %d pairs of equal name and symbol, unique on both sides%n", pairs);
        assertThat(pairs).isGreaterThan(50);
        assertThat(apart).as("pairs that were not merged").isEmpty();
    }

    /** Those that the curated list knows under two names are one all the same. */
    private static void assertApartWhereOnlyTheSymbolIsEqual(
            JsonNode markets, JsonNode tickers, Map<String, JsonNode> aliases) {
        List<String> merged = new ArrayList<>();
        for (JsonNode coin : markets) {
            for (JsonNode ticker : tickers) {
                boolean isSameSymbol = coin.get("symbol")
                        .asString()
                        .equalsIgnoreCase(ticker.get("symbol").asString());
                if (isSameSymbol && !title(coin).equals(title(ticker))) {
                    JsonNode one = aliases.get("coingecko " + coin.get("id").asString());
                    JsonNode other =
                            aliases.get("coinpaprika " + ticker.get("id").asString());
                    boolean isCurated = other.get("method").asString().equals("curated");
                    if (!isCurated && one.get("asset_id").equals(other.get("asset_id"))) {
                        merged.add(title(coin) + " and " + title(ticker));
                    }
                }
            }
        }
        assertThat(merged).as("merged by a symbol alone").isEmpty();
    }

    private static void print(PricewireProcess pricewire, Map<String, JsonNode> aliases) throws Exception {
        Set<String> printed = new HashSet<>();
        for (JsonNode price : pricewire
                .json("/api/v1/prices?source=coingecko&page_size=200&sort=-market_cap")
                .get("data")) {
            String asset = price.get("asset_id").asString();
            if (printed.add(asset)) {
                StringBuilder line = new StringBuilder(asset).append(':');
                aliases.values().stream()
                        .filter(alias -> alias.get("asset_id").asString().equals(asset))
                        .forEach(alias -> line.append(" %s/%s %s %s;"
                                .formatted(
                                        alias.get("source").asString(),
                                        alias.get("source_asset_id").asString(),
                                        alias.get("method").asString(),
                                        alias.get("evidence"))));
                System.out.println(line);
            }
        }
    }

    private static Map<String, List<String>> byTitle(JsonNode records) {
        Map<String, List<String>> ids = new HashMap<>();
        for (JsonNode record : records) {
            ids.computeIfAbsent(title(record), title -> new ArrayList<>())
                    .add(record.get("id").asString());
        }
        return ids;
    }

    private static String title(JsonNode record) {
        return "%s %s"
                .formatted(record.get("symbol").asString(), record.get("name").asString())
                .toLowerCase(Locale.ROOT);
    }

    private static String asset(Map<String, JsonNode> aliases, String key) {
        return aliases.get(key).get("asset_id").asString();
    }

    private static Map<String, JsonNode> aliases(PricewireProcess pricewire) throws Exception {
        Map<String, JsonNode> aliases = new HashMap<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = pricewire.json("/api/v1/aliases?page_size=1000&cursor=" + cursor);
            for (JsonNode alias : page.get("data")) {
                aliases.put(
                        alias.get("source").asString() + " "
                                + alias.get("source_asset_id").asString(),
                        alias);
            }
            cursor = page.get("next").stringValue(null);
        }
        return aliases;
    }

    private static List<String> sources(PricewireProcess pricewire, String path) throws Exception {
        return pricewire.json(path).get("data").findValuesAsString("source");
    }

    private static int total(PricewireProcess pricewire, String sources) throws Exception {
        return pricewire
                .json("/api/v1/prices?page_size=1&source=" + sources)
                .get("total")
                .asInt();
    }

    private static Reply aggregators(String markets, String tickers) {
        return (request, response) -> {
            String answer =
                    request.uri().contains("/tickers") ? tickers : request.uri().contains("&page=1&") ? markets : "[]";
            return FakeService.json(answer).send(request, response);
        };
    }
}
