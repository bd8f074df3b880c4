package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers that somebody has saved, and history that was archived, loaded like any other file. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SavedAnswersIT {

    @TempDir
    Path folder;

    @Test
    void areLoadedUnderTheNamesOfTheirSources() throws Exception {
        Path markets = Files.writeString(folder.resolve("markets.json"), """
                [{"id":"a","symbol":"a","name":"A","current_price":8.69e-05,"last_updated":"2026-01-01T00:00:00Z"},
                 {"id":"b","symbol":"b","name":"B","current_price":null},
                 {"id":"c","symbol":"c","name":"C","current_price":-1,"last_updated":"2026-01-01T00:00:00Z"}]
                """);
        Path tickers = Files.writeString(folder.resolve("tickers.json"), """
                [{"id":"d-d","symbol":"D","name":"D","last_updated":"2026-01-01T00:00:00Z","quotes":{"EUR":{"price":2.5}}}]
                """);
        Path broken = Files.writeString(folder.resolve("broken.json"), "[{\"id\":");
        Path archive = Files.writeString(folder.resolve("price_history_2013_04.1b9d6bcd.ndjson"), """
                {"source":"coingecko","source_asset_id":"a","quote":"USD","interval":"1d",\
                "observed_at":"2013-04-29T23:59:59+00:00","observed_at_assumed":false,"event_id":"x","price":1.50}
                """);
        try (PricewireProcess pricewire = new PricewireProcess(folder).start()) {
            PricewireProcess.Result result =
                    pricewire.run("load", markets.toString(), broken.toString(), tickers.toString());

            assertThat(result.status()).as("something was refused").isEqualTo(1);
            assertThat(result.output())
                    .contains(
                            markets
                                    + ": answers of CoinGecko do not say their currency; this one is taken to be in USD",
                            markets + ": loaded 1, unchanged 0, quarantined 1",
                            markets + ": cannot read b: price_missing: the record has no price in USD",
                            broken + ": the service answered with JSON that ends in the middle",
                            tickers + ": loaded 1, unchanged 0, quarantined 0");
            JsonNode price = pricewire.json("/api/v1/prices?source=coingecko").at("/data/0");
            assertThat(price.path("source_asset_id").asString()).isEqualTo("a");
            assertThat(price.path("price").decimalValue()).isEqualByComparingTo("0.0000869");
            assertThat(price.path("origin").asString()).isEqualTo("file");
            assertThat(pricewire
                            .json("/api/v1/prices?source=coinpaprika&quote=EUR")
                            .path("total")
                            .intValue())
                    .isEqualTo(1);
            assertThat(pricewire.run("load", tickers.toString()).output())
                    .contains("loaded 0, unchanged 1, quarantined 0");
            assertThat(pricewire.run("load", archive.toString()).output())
                    .contains(archive + ": loaded 1, unchanged 0, quarantined 0");
            assertThat(pricewire.run("load", archive.toString()).output())
                    .contains(archive + ": loaded 0, unchanged 1, quarantined 0");
            expireApril2013(pricewire);
            assertThat(pricewire.run("load", archive.toString()).output())
                    .as("what has expired again comes back again")
                    .contains(archive + ": loaded 1, unchanged 0, quarantined 0");
            assertThat(rowsOf2013(pricewire)).isEqualTo("1");
            try (Stream<Path> kept = Files.list(pricewire.inbox())) {
                assertThat(kept.filter(file -> file.toString().endsWith(".label.json")))
                        .as("no copies of the archive")
                        .isNotEmpty()
                        .allSatisfy(label -> assertThat(label)
                                .content()
                                .doesNotContain(archive.getFileName().toString()));
            }
            assertThat(pricewire.run("check").output())
                    .contains("latest_is_newest        OK", "history_has_aliases     OK")
                    .doesNotContain("FAILED");
        }
    }

    /** As the normalizer does it when the time has come; where somebody reads there just now, it has to try again. */
    private static void expireApril2013(PricewireProcess pricewire) {
        await().atMost(PricewireProcess.PATIENCE)
                .ignoreException(SQLException.class)
                .until(() -> !ask(pricewire, "select expire_partition('price_history', 'price_history_2013_04')")
                        .isEmpty());
    }

    private static String rowsOf2013(PricewireProcess pricewire) throws SQLException {
        return ask(pricewire, "select count(*) from price_history where observed_at < '2014-01-01'");
    }

    private static String ask(PricewireProcess pricewire, String question) throws SQLException {
        try (Connection database = pricewire.database();
                Statement statement = database.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
