package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pricewire's own CSV says what it was told, when it is read again. */
class PricewireCsvTest {

    private static final String HEADER = "source,source_asset_id,symbol,name,quote,interval,observed_at,price,rank\n";

    @TempDir
    Path folder;

    @Test
    void namesTheFieldsAsTheApiDoes() throws IOException {
        assertThat(written(List.of()))
                .isEqualTo(
                        "source,source_asset_id,symbol,name,quote,interval,observed_at,price,market_cap,volume_24h,open,high,"
                                + "low,volume_base,volume_quote,fully_diluted_valuation,bid,ask,high_24h,low_24h,change_24h_pct,rank,"
                                + "circulating_supply,total_supply,max_supply,all_time_high,all_time_low,observed_at_assumed,"
                                + "ingested_at\n");
    }

    @Test
    void keepsEveryDigitOfEveryFigure() throws IOException {
        Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(
                    figure, new BigDecimal(figures.size() + 1 + "98765432109876543210.000000000000000000000000120"));
        }
        figures.put(Figure.PRICE, new BigDecimal("8.69e-30"));
        figures.put(Figure.TOTAL_SUPPLY, new BigDecimal("1E+24"));
        figures.put(Figure.RANK, new BigDecimal("17"));
        ObservedPrice price = price("coingecko", "bitcoin", "Bitcoin", figures);

        ObservedPrice again = readAgain(List.of(price)).getFirst();

        assertThat(again.figures()).containsOnlyKeys(Figure.values());
        figures.forEach((figure, number) ->
                assertThat(again.figures().get(figure)).as(figure.field()).isEqualByComparingTo(number));
        assertThat(again.figures().get(Figure.MARKET_CAP)).isEqualTo(figures.get(Figure.MARKET_CAP));
    }

    @Test
    void keepsWhatIsNoFigure() throws IOException {
        List<ObservedPrice> prices = List.of(
                price("coinpaprika", " a b ", "\"Quoted\", and\ntwo lines", Map.of(Figure.PRICE, BigDecimal.ONE)),
                new ObservedPrice(
                        "csv-kaggle",
                        "bitcoin",
                        "",
                        "",
                        "EUR",
                        Interval.DAY,
                        Instant.parse("2019-01-31T23:59:59.999Z"),
                        true,
                        Instant.parse("2019-02-01T00:00:07.123456Z"),
                        Map.of(Figure.PRICE, BigDecimal.ONE),
                        "",
                        "text/csv"));

        assertThat(readAgain(prices))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("payload", "payloadType")
                .isEqualTo(prices);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-01", "1767225600"})
    void isRefusedWhereItDoesNotSayWhenItWasFetchedInAFormThatIsKnown(String time) throws IOException {
        String text = HEADER.replace("\n", ",ingested_at\n")
                + "coingecko,a,A,A,USD,tick,2026-01-01T00:00:00Z,1,,%s\n".formatted(time);

        assertThat(read(text, FileLabel.NONE).refused())
                .singleElement()
                .extracting(refusal -> refusal.reasons().getFirst())
                .isEqualTo(new Refusal.Reason(
                        "not_a_time",
                        "ingested_at: \"%s\" is not a time of the form 2026-11-21T07:00:00Z".formatted(time)));
    }

    @Test
    void isFetchedAsItIsReadWhereItDoesNotSayWhenItWas() throws IOException {
        String text = HEADER.replace("\n", ",ingested_at\n") + "coingecko,a,A,A,USD,tick,2026-01-01T00:00:00Z,1,,\n";

        assertThat(read(text, FileLabel.NONE).observed())
                .singleElement()
                .extracting(ObservedPrice::ingestedAt)
                .isNull();
    }

    @Test
    void isKeptUnderAnotherNameWhereItsOwnerSaysSo() throws IOException {
        String text = HEADER + "coingecko,bitcoin,BTC,Bitcoin,USD,tick,2026-01-01T00:00:00Z,1,\n";

        assertThat(read(text, new FileLabel(null, null, "csv-mine", null)).observed())
                .extracting(ObservedPrice::source)
                .containsExactly("csv-mine");
    }

    @ParameterizedTest
    @CsvSource({
        "'coingecko,a,A,A,USD,2h,2026-01-01T00:00:00Z,1,',interval_unknown",
        "'coingecko,a,A,A,USD,tick,yesterday,1,',not_a_time",
        "'coingecko,,A,A,USD,tick,2026-01-01T00:00:00Z,1,',asset_missing",
        "'coingecko,a,A,A,USD,tick,2026-01-01T00:00:00Z,1,1.5',not_a_number"
    })
    void isRefusedWhereItCannotBeRead(String row, String reason) throws IOException {
        assertThat(read(HEADER + row + "\n", FileLabel.NONE).refused())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.source()).isEqualTo("coingecko");
                    assertThat(refusal.reasons())
                            .extracting(Refusal.Reason::code)
                            .containsExactly(reason);
                });
    }

    private static ObservedPrice price(String source, String id, String name, Map<Figure, BigDecimal> figures) {
        return new ObservedPrice(
                source,
                id,
                "btc",
                name,
                "USD",
                Interval.TICK,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                false,
                figures,
                "{}",
                "application/json");
    }

    private List<ObservedPrice> readAgain(List<ObservedPrice> prices) throws IOException {
        Batch batch = read(written(prices), FileLabel.NONE);
        assertThat(batch.refused()).isEmpty();
        return batch.observed();
    }

    private static String written(List<ObservedPrice> prices) throws IOException {
        StringWriter out = new StringWriter();
        PricewireCsv csv = new PricewireCsv(out);
        prices.forEach(csv::write);
        csv.flush();
        return out.toString();
    }

    private Batch read(String text, FileLabel label) throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), text);
        List<Batch> batches = new ArrayList<>();
        new LooseFile(file, label).read(batches::add);
        return batches.getFirst();
    }
}
