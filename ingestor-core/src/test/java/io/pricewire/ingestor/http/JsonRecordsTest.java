package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.69e-05",
                "1E-8",
                "123456789012345678",
                "0.12345678901234567",
                "76975.10",
                "-0",
                "1e999999999",
                "NaN"
            })
    void takesTheDigitsFromTheText(String digits) {
        assertThat(read("[{\"price\":" + digits + "}]").getFirst().at("price")).isEqualTo(digits);
    }

    @Test
    void readsANumberOfAnyLength() {
        String digits = "1".repeat(100_000);

        assertThat(read("[{\"price\":" + digits + "}]").getFirst().at("price")).isEqualTo(digits);
    }

    @Test
    void keepsTheTextOfEachRecordUntouched() {
        List<JsonRecord> records =
                read("\uFEFF [ {\"id\" : \"ä€𝄞\\u00e9\",\n \"x\":[1,{}]} ,{},null , 12,\"text\"]\n");

        assertThat(records)
                .extracting(JsonRecord::text)
                .containsExactly("{\"id\" : \"ä€𝄞\\u00e9\",\n \"x\":[1,{}]}", "{}", "null", "12", "\"text\"");
        assertThat(records.getFirst().at("id")).isEqualTo("ä€𝄞é");
    }

    @Test
    void keepsTheTextOfRecordsBeyondTheParsersBuffers() {
        String record = "{\"id\":\"%s\"}".formatted("x".repeat(5_000));

        assertThat(read("[" + (record + ",").repeat(99) + record + "]"))
                .hasSize(100)
                .allSatisfy(read -> assertThat(read.text()).isEqualTo(record));
    }

    @Test
    void findsWhatStandsDeeperAndNothingThatIsNull() {
        JsonRecord json = read("[{\"quotes\":{\"USD\":{\"price\":1.50,\"cap\":null}},\"list\":[1]}]")
                .getFirst();

        assertThat(json.at("quotes.USD.price")).isEqualTo("1.50");
        assertThat(json.at("quotes.USD.cap")).isNull();
        assertThat(json.at("quotes.EUR.price")).isNull();
        assertThat(json.at("list")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|answered with nothing",
                "[{\"id\":1|answered with JSON that ends in the middle",
                "[{\"id\":[1,|answered with JSON that ends in the middle",
                "[|answered with JSON that ends in the middle",
                "[] x|answered with something behind the end of its JSON",
                "{\"a\":1}|answered with something else than records",
                "{\"error\":\"coin not found\"}|answered with an error: coin not found",
                "<html>|answered with an HTML page"
            })
    void tellsWhatIsWrongWithAnAnswer(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageStartingWith(reason.substring(0, 20));
    }

    @Test
    void tellsThatAnAnswerIsNoJson() {
        assertThatThrownBy(() -> read("[oops]"))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageStartingWith("answered with something that is no JSON: ");
    }

    private static List<JsonRecord> read(String text) {
        return JsonRecords.read(Answer.of(text.getBytes(StandardCharsets.UTF_8), NOW))
                .records();
    }
}
