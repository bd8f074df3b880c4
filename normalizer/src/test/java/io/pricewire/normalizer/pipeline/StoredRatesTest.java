package io.pricewire.normalizer.pipeline;

import static io.pricewire.normalizer.pipeline.Batches.apply;
import static io.pricewire.normalizer.pipeline.Batches.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.proto.v1.PriceObserved;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A price in a stablecoin says something of one in dollars only through a rate that is stored. */
class StoredRatesTest {

    private static TestDatabase database;

    private Batches batches;
    private Normalization normalization;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void begin() {
        batches = new Batches(database);
        normalization = batches.normalization();
    }

    @Test
    void takesNoStablecoinForADollar() {
        apply(normalization, batches.observed(obscure("coingecko", "100", "USD")));
        apply(normalization, batches.observed(obscure("coinpaprika", "500", "USDT")));

        assertThat(evidence()).isEqualTo(Map.of("price", "price_not_compared"));
    }

    @Test
    void comparesThroughTheStoredRateAndSaysSo() {
        apply(normalization, batches.observed(tether("2", Duration.ofMinutes(60))));
        apply(normalization, batches.observed(obscure("coingecko", "100", "USD")));
        apply(normalization, batches.observed(obscure("coinpaprika", "50", "USDT")));

        assertThat(evidence())
                .isEqualTo(Map.of(
                        "price", "agrees", "converted_through", "USDT/USD 2 at coingecko, 2026-11-21T06:00:00Z"));
        assertThat(database.query("select source, quote, price::text from price_latest where source = 'coinpaprika'"))
                .as("what is stored is what the source said")
                .isEqualTo(List.of(Map.of("source", "coinpaprika", "quote", "USDT", "price", "50")));
    }

    @Test
    void keepsApartWhatDiffersThroughTheStoredRate() {
        apply(normalization, batches.observed(tether("2", Duration.ZERO)));
        apply(normalization, batches.observed(obscure("coingecko", "100", "USD")));
        apply(normalization, batches.observed(obscure("coinpaprika", "100", "USDT")));

        assertThat(evidence())
                .containsEntry("reason", "prices_differ")
                .containsEntry("converted_through", "USDT/USD 2 at coingecko, 2026-11-21T07:00:00Z");
    }

    @Test
    void takesNoRateThatIsOlderThanAnHour() {
        apply(normalization, batches.observed(tether("2", Duration.ofMinutes(60).plusMillis(1))));
        apply(normalization, batches.observed(obscure("coingecko", "100", "USD")));
        apply(normalization, batches.observed(obscure("coinpaprika", "50", "USDT")));

        assertThat(evidence()).isEqualTo(Map.of("price", "price_not_compared"));
    }

    private static PriceObserved.Builder tether(String price, Duration before) {
        return observation("coingecko", "tether", price).setObservedAt(Observed.timestamp(Observed.TIME.minus(before)));
    }

    private static PriceObserved.Builder obscure(String source, String price, String quote) {
        return observation(source, "obscure-at-" + source, price)
                .setSymbol("OBS")
                .setName("Obscure")
                .setQuote(quote);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> evidence() {
        String json = (String)
                database.query("select evidence::text as evidence from asset_alias where source = 'coinpaprika'")
                        .getFirst()
                        .get("evidence");
        return JsonMapper.shared().readValue(json, Map.class);
    }
}
