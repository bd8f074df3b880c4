package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.pricewire.ingestor.testing.Recordings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Saved answers and CSV files, as Pricewire's CSV. */
class TransformCommandTest {

    private static final String MARKETS = """
            [{"id":"a","symbol":"a","name":"A","current_price":8.69e-05,"market_cap":0,"total_volume":12.50,
              "total_supply":981847205393966080,"last_updated":"2026-01-01T00:00:00.123Z"},
             {"id":"b","symbol":"b","name":"B","current_price":null,"last_updated":"2026-01-01T00:00:00Z"},
             {"id":"c","symbol":"c","name":"C","current_price":-1,"last_updated":"2026-01-01T00:00:00Z"}]
            """;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TempDir
    Path folder;

    @Test
    void writesWhatCanBeReadWithAllItsDigits() throws IOException {
        assertThat(transform(MARKETS)).isEqualTo(1);

        assertThat(rows(out())).singleElement().satisfies(row -> {
            assertThat(row.getField("source")).isEqualTo("coingecko");
            assertThat(row.getField("symbol")).isEqualTo("A");
            assertThat(row.getField("quote")).isEqualTo("USD");
            assertThat(row.getField("observed_at")).isEqualTo("2026-01-01T00:00:00.123Z");
            assertThat(row.getField("price")).isEqualTo("0.0000869");
            assertThat(row.getField("volume_24h")).isEqualTo("12.50");
            assertThat(row.getField("total_supply")).isEqualTo("981847205393966080");
            assertThat(row.getField("market_cap")).as("0 is unknown").isEmpty();
        });
    }

    @Test
    void writesWhatIsRefusedWithTheReasons() throws IOException {
        Path rejected = folder.resolve("rejected.csv");

        transform(MARKETS, "--rejected", rejected.toString());

        assertThat(rows(rejected))
                .extracting(row -> row.getField("source_asset_id"))
                .containsExactly("b", "c");
        assertThat(rows(rejected))
                .extracting(row -> row.getField("reasons"))
                .satisfiesExactly(
                        unread -> assertThat(unread).isEqualTo("price_missing: the record has no price in USD"),
                        unlikely -> assertThat(unlikely).startsWith("price_not_positive: "));
    }

    @Test
    void readsAnAnswerOfCoinPaprikaAboutThePastOfTheCoinThatIsNamed() throws IOException {
        String bars = """
                [{"time_open":"2019-01-01T00:00:00Z","time_close":"2019-01-01T23:59:59Z","open":"3743.13383814",
                  "high":"3848.768792","low":"3695.32467935","close":"3846.67929740","volume":"3062073034","market_cap":1}]
                """;

        assertThat(transform(bars, "--asset", "btc-bitcoin")).isZero();

        assertThat(rows(out())).singleElement().satisfies(row -> {
            assertThat(row.getField("source_asset_id")).isEqualTo("btc-bitcoin");
            assertThat(row.getField("interval")).isEqualTo("1d");
            assertThat(row.getField("observed_at")).isEqualTo("2019-01-01T23:59:59Z");
            assertThat(row.getField("price")).isEqualTo("3846.67929740");
            assertThat(row.getField("open")).isEqualTo("3743.13383814");
        });
        assertThat(transform(bars)).as("without it").isEqualTo(1);
    }

    @Test
    void takesTheCurrencyThatIsGivenWhereTheAnswerSaysNone() throws IOException {
        transform(MARKETS, "--quote", "myr");

        assertThat(rows(out())).extracting(row -> row.getField("quote")).containsExactly("MYR");
    }

    @Test
    void readsEveryCurrencyOfATicker() throws IOException {
        assertThat(transform("""
                [{"id":"btc-bitcoin","name":"Bitcoin","symbol":"BTC","rank":1,"last_updated":"2026-01-01T00:00:00Z",
                  "quotes":{"USD":{"price":45000.10},"BTC":{"price":1}}}]
                """)).isZero();

        assertThat(rows(out()))
                .extracting(row -> row.getField("source"), row -> row.getField("quote"), row -> row.getField("price"))
                .containsExactly(tuple("coinpaprika", "BTC", "1"), tuple("coinpaprika", "USD", "45000.10"));
    }

    @Test
    void makesTheSameOfItsOwnFiles() throws IOException {
        assertThat(transform("coin_id,name,symbol,price_usd,market_cap,volume_24h\na,A,a,1.50,0,3\n"))
                .isZero();
        String once = Files.readString(out());

        assertThat(transform(once)).isZero();

        assertThat(Files.readString(out())).isEqualTo(once).contains("csv-generic,a,A,A,USD,tick,", ",1.50,,3,");
    }

    @Test
    void readsStandardInputAndWritesNothingElseToStandardOutput() throws IOException {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(MARKETS.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));

            assertThat(Pricewire.execute("transform", "-", "-")).isEqualTo(1);
        } finally {
            System.setIn(in);
            System.setOut(out);
        }

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("source,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1,2\n", "{\"error\":\"no\"}", "[{\"id\":\"a\"}]", "[{\"id\":", "<html>"})
    void leavesTheFileAsItWasWhereItCanReadNothing(String content) throws IOException {
        Files.writeString(out(), "as it was");

        assertThat(transform(content)).isEqualTo(1);

        assertThat(Files.readString(out())).isEqualTo("as it was");
        assertThat(folder.resolve("out.csv.part")).doesNotExist();
    }

    @Test
    void keepsEveryRecordedFigureOfCoinGecko() throws IOException {
        assertSame(
                Recordings.read("coingecko/markets_2022-02-23_p1_250.json"),
                Map.ofEntries(
                        Map.entry("price", "/current_price"),
                        Map.entry("market_cap", "/market_cap"),
                        Map.entry("fully_diluted_valuation", "/fully_diluted_valuation"),
                        Map.entry("volume_24h", "/total_volume"),
                        Map.entry("high_24h", "/high_24h"),
                        Map.entry("low_24h", "/low_24h"),
                        Map.entry("change_24h_pct", "/price_change_percentage_24h"),
                        Map.entry("rank", "/market_cap_rank"),
                        Map.entry("circulating_supply", "/circulating_supply"),
                        Map.entry("total_supply", "/total_supply"),
                        Map.entry("max_supply", "/max_supply"),
                        Map.entry("all_time_high", "/ath"),
                        Map.entry("all_time_low", "/atl")));
    }

    @Test
    void keepsEveryRecordedFigureOfCoinPaprika() throws IOException {
        assertSame(
                Recordings.read("coinpaprika/tickers_2019-09-06_usd_2541.json"),
                Map.of(
                        "price", "/quotes/USD/price",
                        "market_cap", "/quotes/USD/market_cap",
                        "volume_24h", "/quotes/USD/volume_24h",
                        "change_24h_pct", "/quotes/USD/percent_change_24h",
                        "all_time_high", "/quotes/USD/ath_price",
                        "rank", "/rank",
                        "circulating_supply", "/circulating_supply",
                        "total_supply", "/total_supply",
                        "max_supply", "/max_supply"));
    }

    private void assertSame(String answer, Map<String, String> places) throws IOException {
        assertThat(transform(answer)).isZero();
        List<JsonNode> records = List.copyOf(JSON.readTree(answer).values());
        List<NamedCsvRecord> rows = rows(out());

        assertThat(rows).hasSameSizeAs(records);
        for (int index = 0; index < rows.size(); index++) {
            NamedCsvRecord row = rows.get(index);
            JsonNode record = records.get(index);
            assertThat(row.getField("source_asset_id"))
                    .isEqualTo(record.path("id").asString());
            places.forEach((field, place) -> assertThat(number(row.getField(field), field))
                    .as("%s of %s", field, row.getField("source_asset_id"))
                    .isEqualTo(number(record.at(place).asString(""), field)));
        }
    }

    /** Where a 0 says that a figure is unknown, it is. */
    private static String number(String digits, String field) {
        if (digits.isEmpty()) {
            return "";
        }
        BigDecimal number = new BigDecimal(digits);
        boolean isUnknownWhereZero = field.endsWith("_supply")
                || List.of("market_cap", "fully_diluted_valuation", "rank").contains(field);
        return number.signum() == 0 && isUnknownWhereZero
                ? ""
                : number.stripTrailingZeros().toPlainString();
    }

    private int transform(String content, String... options) throws IOException {
        Path in = Files.writeString(folder.resolve("in"), content);
        List<String> arguments = new ArrayList<>(List.of("transform", in.toString(), out().toString()));
        arguments.addAll(List.of(options));
        return Pricewire.execute(arguments.toArray(new String[0]));
    }

    private Path out() {
        return folder.resolve("out.csv");
    }

    private static List<NamedCsvRecord> rows(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }
}
