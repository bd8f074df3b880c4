package io.pricewire.normalizer.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Moments of which several sources were recorded: what they really said, and how far they really were apart. */
class RecordedMomentsTest {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final ReferenceMethod method = new ReferenceMethod(Quotations.settings(Map.of()));
    private Path fixtures;

    @BeforeEach
    void findRecordings() {
        String given = System.getProperty("pricewire.fixtures", "");
        assumeThat(given)
                .as("the folder of recordings in the system property pricewire.fixtures")
                .isNotEmpty();
        fixtures = Path.of(given);
    }

    @Test
    void findsTheTwoDaysOnWhichAVenueWasFarFromTheMarket() throws IOException {
        Map<String, Quotation> market = market();
        Map<String, Quotation> venue =
                csv("cdd_kraken_btcusd_1h_2018_ampm.csv", "Date", "Close", "kraken", UnaryOperator.identity());
        Map<String, Status> statuses = new LinkedHashMap<>();
        market.forEach((day, quotation) -> {
            Quotation other = venue.get(day + " 11-PM");
            if (other != null) {
                Reference reference = compute(quotation, other);
                assertThat(reference.price().multiply(TWO))
                        .isEqualByComparingTo(quotation.price().add(other.price()));
                assertThat(reference.excluded()).isEmpty();
                statuses.put(day, reference.status());
            }
        });

        assertThat(statuses).hasSize(431);
        assertThat(statuses.entrySet().stream().filter(day -> day.getValue() == Status.DIVERGENT))
                .extracting(Map.Entry::getKey)
                .containsExactly("2017-11-11", "2017-12-07");
        assertThat(statuses.values()).containsOnly(Status.OK, Status.DIVERGENT);
    }

    @Test
    void takesTheOneInTheMiddleOfThreeThatAgree() throws IOException {
        Map<String, Quotation> market = market();
        Map<String, Quotation> rounded = csv(
                "cmc_consolidated_iso.csv",
                "Date",
                "Close",
                "cmc",
                line -> line.startsWith("bitcoin,") || line.startsWith("Currency,") ? line : "");
        Map<String, Quotation> aggregator = coinpaprika();

        Reference reference =
                compute(market.get("2019-01-01"), rounded.get("2019-01-01"), aggregator.get("2019-01-02T00:00:00Z"));

        assertThat(reference.price()).isEqualTo("3843.52");
        assertThat(reference.status()).isEqualTo(Status.OK);
        assertThat(reference.used()).hasSize(3);
        // (3852.2 - 3843.51996727) / 3843.52
        assertThat(reference.dispersion()).isEqualTo("0.002258");
    }

    private Reference compute(Quotation... quotations) {
        return method.compute(List.of(quotations), Quotations.TIME).orElseThrow();
    }

    private Map<String, Quotation> market() throws IOException {
        Map<String, Quotation> byTime =
                csv("kaggle_coin_Bitcoin_canonical.csv", "Date", "Close", "kaggle", UnaryOperator.identity());
        Map<String, Quotation> byDay = new TreeMap<>();
        byTime.forEach((time, quotation) -> byDay.put(time.substring(0, "2019-01-01".length()), quotation));
        return byDay;
    }

    /** The closes of a file without quotes, by the text of their time. */
    private Map<String, Quotation> csv(
            String file, String timeColumn, String priceColumn, String source, UnaryOperator<String> choose)
            throws IOException {
        Map<String, Quotation> quotations = new TreeMap<>();
        List<String> lines = Files.readAllLines(fixtures.resolve("csv").resolve(file)).stream()
                .map(choose)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> header = List.of(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            quotations.put(
                    cells[header.indexOf(timeColumn)],
                    Quotations.quotation(source, cells[header.indexOf(priceColumn)], null));
        }
        return quotations;
    }

    private Map<String, Quotation> coinpaprika() throws IOException {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        Map<String, Quotation> quotations = new TreeMap<>();
        for (JsonNode row : json.readTree(Files.readString(
                fixtures.resolve("coinpaprika").resolve("tickers_btc_historical_5m_2019-01_1000.json")))) {
            quotations.put(
                    Instant.parse(row.get("timestamp").asString()).toString(),
                    Quotations.quotation(
                            "coinpaprika", row.get("price").decimalValue().toPlainString(), null));
        }
        return quotations;
    }
}
