package io.pricewire.normalizer.pipeline;

import static io.pricewire.normalizer.pipeline.Batches.apply;
import static io.pricewire.normalizer.pipeline.Batches.decide;
import static io.pricewire.normalizer.pipeline.Batches.observation;
import static io.pricewire.normalizer.pipeline.Batches.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator's decision changes besides the alias that it is about. */
class OverrulingTest {

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
    void takesAlongTheRowsOfFilesThatBearTheSourcesOwnId() {
        apply(normalization, batches.observed("coinpaprika", "odd-coin", "1"));
        apply(normalization, batches.observed("csv-generic", "odd-coin", "2"));
        assertThat(assets("price_latest")).containsOnlyKeys("coinpaprika:odd-coin");

        List<Event<?>> events = overrule(decide("coinpaprika", "odd-coin", "taken-back"));

        assertThat(assets("price_latest")).isEqualTo(Map.of("taken-back", "coinpaprika csv-generic"));
        assertThat(assets("price_history")).isEqualTo(Map.of("taken-back", "coinpaprika csv-generic"));
        assertThat(prices(events, Topics.PRICES_LATEST))
                .extracting(Price::getSource, Price::getAssetId)
                .containsExactlyInAnyOrder(tuple("coinpaprika", "taken-back"), tuple("csv-generic", "taken-back"));
        assertThat(audit())
                .isEqualTo(List.of(
                        Map.of("source", "coinpaprika", "method", "operator", "by", "ann", "open", false),
                        Map.of("source", "csv-generic", "method", "known_id", "by", "pricewire", "open", false)));
    }

    @Test
    void decidesAnewWhatWasTakenForTheAssetThatDominatesASymbol() {
        apply(normalization, batches.observed("coinpaprika", "odd", "1"));
        apply(normalization, batches.observed(capped("csv-generic", "odd", "9")));
        apply(normalization, batches.observed(symbolOnly("gemini", "odd")));
        assertThat(assets("price_latest")).isEqualTo(Map.of("coinpaprika:odd", "coinpaprika csv-generic gemini"));

        overrule(decide("coinpaprika", "odd", "taken-back"));

        assertThat(assets("price_latest"))
                .as(
                        "the row of the file follows its id, and the symbol follows the row, whose market cap is the largest")
                .isEqualTo(Map.of("taken-back", "coinpaprika csv-generic gemini"));
    }

    @Test
    void leavesASymbolAmbiguousThatNothingDominatesAnyMore() {
        apply(normalization, batches.observed("coinpaprika", "odd", "1"));
        apply(normalization, batches.observed("coingecko", "odd", "1"));
        apply(normalization, batches.observed(symbolOnly("gemini", "odd")));
        assertThat(assets("price_latest")).isEqualTo(Map.of("coinpaprika:odd", "coingecko coinpaprika gemini"));

        overrule(decide("coingecko", "odd", "taken-back"));

        assertThat(assets("price_latest"))
                .isEqualTo(
                        Map.of("coinpaprika:odd", "coinpaprika", "taken-back", "coingecko", "gemini:oddusd", "gemini"));
        assertThat(database.query(
                        "select status, evidence->>'reason' as reason from asset_alias where source = 'gemini'"))
                .isEqualTo(List.of(Map.of("status", "ambiguous", "reason", "no_asset_dominates")));
    }

    @Test
    void leavesAloneWhatAnOperatorDecidedBefore() {
        apply(normalization, batches.observed("coinpaprika", "odd-coin", "1"));
        apply(normalization, batches.observed("csv-generic", "odd-coin", "2"));
        overrule(decide("csv-generic", "odd-coin", "as-ann-says"));

        overrule(decide("coinpaprika", "odd-coin", "taken-back"));

        assertThat(assets("price_latest")).isEqualTo(Map.of("as-ann-says", "csv-generic", "taken-back", "coinpaprika"));
    }

    @Test
    void changesNothingOfAllThatWhenTheCommandComesAgain() {
        apply(normalization, batches.observed("coinpaprika", "odd-coin", "1"));
        apply(normalization, batches.observed("csv-generic", "odd-coin", "2"));
        NormalizerCommand command = decide("coinpaprika", "odd-coin", "taken-back");
        overrule(command);
        List<Map<String, Object>> before = everything();

        overrule(command);

        assertThat(everything()).isEqualTo(before);
    }

    private static List<Map<String, Object>> everything() {
        return database.query("select decision_id::text, asset_id, evidence::text, decided_at, moved_at"
                + " from asset_alias_decision union all"
                + " select source, asset_id, evidence::text, decided_at, null from asset_alias order by 1");
    }

    private List<Event<?>> overrule(NormalizerCommand command) {
        return apply(normalization, batches.record(Topics.NORMALIZER_COMMANDS, command));
    }

    private static PriceObserved.Builder capped(String source, String id, String timesLarger) {
        PriceObserved.Builder observed = observation(source, id, "1");
        observed.getFiguresBuilder().setMarketCap(Observed.decimal(timesLarger + "000000000000000"));
        return observed;
    }

    private static PriceObserved.Builder symbolOnly(String source, String symbol) {
        return observation(source, symbol + "usd", "1").setSymbol(symbol).setName("");
    }

    /** The sources of each asset. */
    private static Map<String, String> assets(String table) {
        return database
                .query("select asset_id, string_agg(source, ' ' order by source) as sources from %s group by asset_id"
                        .formatted(table))
                .stream()
                .collect(Collectors.toMap(row -> (String) row.get("asset_id"), row -> (String) row.get("sources")));
    }

    private static List<Map<String, Object>> audit() {
        return database.query("select source, method, decided_by as by, moved_at is null as open"
                + " from asset_alias_decision where previous_asset_id <> asset_id order by source");
    }
}
