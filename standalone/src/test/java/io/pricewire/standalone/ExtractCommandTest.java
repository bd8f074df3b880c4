package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.ingestor.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source's answer, as it is saved. */
class ExtractCommandTest {

    private static final List<String> VARIABLES = List.of(
            "COINGECKO_API_URL", "COINGECKO_QUOTES", "COINPAPRIKA_API_URL", "COINPAPRIKA_QUOTES", "MAX_RETRIES");

    @TempDir
    Path folder;

    @AfterEach
    void forgetVariables() {
        VARIABLES.forEach(System::clearProperty);
    }

    @Test
    void keepsTheTextOfEachRecord() throws IOException {
        String first = "{\"id\":\"a\", \"current_price\": 8.690e-05,\"last_updated\":\"2026-01-01T00:00:00Z\"}";
        String second = "{\"id\":\"b\",\"current_price\":null,\"x\":[1 ,2]}";
        try (FakeService coinGecko = new FakeService(FakeService.json("[%s, %s]".formatted(first, second)))) {
            System.setProperty("COINGECKO_API_URL", coinGecko.url().toString());

            assertThat(extract("coingecko")).isZero();

            assertThat(Files.readString(out())).isEqualTo("[\n%s,\n%s\n]\n".formatted(first, second));
        }
    }

    @Test
    void savesARecordInSeveralCurrenciesOnce() throws IOException {
        String ticker = "{\"id\":\"b\",\"quotes\":{\"USD\":{\"price\":2.5},\"EUR\":{\"price\":2.25}}}";
        try (FakeService coinPaprika = new FakeService(FakeService.json("[%s]".formatted(ticker)))) {
            System.setProperty("COINPAPRIKA_API_URL", coinPaprika.url().toString());
            System.setProperty("COINPAPRIKA_QUOTES", "USD,EUR");

            assertThat(extract("coinpaprika")).isZero();

            assertThat(Files.readString(out())).isEqualTo("[\n%s\n]\n".formatted(ticker));
            assertThat(coinPaprika.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.uri()).isEqualTo("/tickers?quotes=USD%2CEUR"));
        }
    }

    @Test
    void writesNothingWhereTheSourceFails() throws IOException {
        try (FakeService coinPaprika = new FakeService(FakeService.status(500, "[]"))) {
            System.setProperty("COINPAPRIKA_API_URL", coinPaprika.url().toString());
            System.setProperty("MAX_RETRIES", "0");

            assertThat(extract("coinpaprika")).isEqualTo(1);

            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void refusesSeveralCurrenciesThatTheAnswerCouldNotTellApart() throws IOException {
        System.setProperty("COINGECKO_QUOTES", "USD,EUR");

        assertThat(extract("coingecko")).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinmarketcap", "gemini"})
    void takesNoOtherSource(String source) {
        assertThat(extract(source)).isEqualTo(1);
    }

    @Test
    void savesARecordedAnswerRecordByRecord() throws IOException {
        String tickers = Recordings.read("coinpaprika/tickers_2019-09-06_usd_2541.json");
        try (FakeService coinPaprika = new FakeService(FakeService.json(tickers))) {
            System.setProperty("COINPAPRIKA_API_URL", coinPaprika.url().toString());

            assertThat(extract("coinpaprika")).isZero();

            assertThat(Files.readString(out()).replaceAll("\\s", "")).isEqualTo(tickers.replaceAll("\\s", ""));
        }
    }

    private int extract(String source) {
        return Pricewire.execute("extract", source, "--output", out().toString());
    }

    private Path out() {
        return folder.resolve("answer.json");
    }
}
