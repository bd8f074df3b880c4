package io.pricewire.normalizer.reference;

import static io.pricewire.normalizer.reference.Market.PATIENCE;
import static io.pricewire.normalizer.reference.Market.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.reference.Market.Saying;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.ReferencePrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** The second pipeline, on a real broker and a real database. */
class ReferencePipelineTest {

    private static final int ASSETS = 40;
    private static final List<String> SOURCES = List.of("a", "b", "c", "d");

    private static Market market;

    private Disposable running;

    @BeforeAll
    static void open() {
        market = Market.open();
    }

    @AfterAll
    static void close() {
        market.close();
    }

    @BeforeEach
    void start() {
        running = market.pipeline("only").run().subscribe();
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void publishesWhatDeviatesAndStoresAll() {
        market.addAsset("deviating");
        market.observe(says("a", "deviating", "1000.0"));
        awaitTold("deviating", "1000.0 DEGRADED");

        market.observe(says("a", "deviating", "1000.5"));
        awaitPrice("deviating", "1000.5");
        market.observe(says("a", "deviating", "1001"));

        awaitTold("deviating", "1000.0 DEGRADED", "1001 DEGRADED");
    }

    @Test
    void makesCandlesOfAllThatIsFresh() {
        market.addAsset("candled");
        for (String price : List.of("1000.0", "1000.5", "999.5", "1000.2")) {
            market.observe(says("a", "candled", price));
            awaitPrice("candled", price);
        }
        market.clock.add(Market.STALE_AFTER.plusSeconds(1));
        await().atMost(PATIENCE)
                .until(() -> "stale".equals(market.stored("candled").get("status")));

        assertThat(market.database.query("select quote, interval, asset_id, high, low, close from price_candle"
                        + " where source = 'reference' and source_asset_id = 'candled'"))
                .isEqualTo(List.of(Map.of(
                        "quote",
                        "USD",
                        "interval",
                        "1m",
                        "asset_id",
                        "candled",
                        "high",
                        new BigDecimal("1000.5"),
                        "low",
                        new BigDecimal("999.5"),
                        "close",
                        new BigDecimal("1000.2"))));
    }

    @Test
    void leavesAJumpThatASecondSourceDoesNotConfirmOutOfTheCandles() {
        market.addAsset("spiked");
        market.observe(says("a", "spiked", "100"), says("b", "spiked", "100"));
        awaitTold("spiked", "100 OK");
        market.clock.add(Duration.ofSeconds(1));
        market.observe(says("a", "spiked", "200"));
        awaitTold("spiked", "100 OK", "150 DIVERGENT UNCONFIRMED");

        assertThat(highestInCandles("spiked")).isEqualByComparingTo("100");
    }

    @Test
    void keepsAJumpThatNobodyCanConfirmInTheCandles() {
        market.addAsset("alone");
        market.observe(says("a", "alone", "100"));
        awaitTold("alone", "100 DEGRADED");
        market.clock.add(Duration.ofSeconds(1));
        market.observe(says("a", "alone", "200"));
        awaitTold("alone", "100 DEGRADED", "200 DEGRADED UNCONFIRMED");

        assertThat(highestInCandles("alone")).isEqualByComparingTo("200");
    }

    @Test
    void publishesAHeartbeatAndTheMomentAtWhichAPriceIsStale() {
        market.addAsset("ageing");
        market.observe(says("a", "ageing", "5"), says("b", "ageing", "5"));
        awaitTold("ageing", "5 OK");

        market.clock.add(Duration.ofMinutes(5));
        awaitTold("ageing", "5 OK", "5 OK");

        market.observe(says("b", "ageing", "5"));
        market.clock.add(Market.STALE_AFTER.minusMinutes(5).plusSeconds(1));
        awaitTold("ageing", "5 OK", "5 OK", "5 DEGRADED");

        market.clock.add(Market.STALE_AFTER);
        awaitTold("ageing", "5 OK", "5 OK", "5 DEGRADED", "5 STALE");
        assertThat(market.published("ageing").getLast().getExcluded(0).getExclusion())
                .isEqualTo(io.pricewire.proto.v1.Exclusion.EXCLUSION_STALE);

        market.clock.add(Duration.ofHours(1));
        market.addAsset("after");
        market.observe(says("a", "after", "1"));
        awaitTold("after", "1 DEGRADED");
        assertThat(market.told("ageing")).as("what is stale is told once").hasSize(4);
    }

    @Test
    void losesNothingByARestartAndTellsNothingTwice() {
        market.addAsset("restarted");
        market.observe(says("a", "restarted", "1000"));
        awaitTold("restarted", "1000 DEGRADED");
        await().atMost(PATIENCE).until(() -> market.stored("restarted").get("published_price") != null);
        running.dispose();

        market.observe(says("a", "restarted", "1000.9"), says("a", "restarted", "1001.5"));
        start();

        awaitTold("restarted", "1000 DEGRADED", "1001.5 DEGRADED");
    }

    @Test
    void publishesWhatIsNotKnownToBePublished() {
        market.addAsset("unsure");
        market.observe(says("a", "unsure", "7"));
        awaitTold("unsure", "7 DEGRADED");
        running.dispose();
        // As a crash leaves it that comes after the row is written and before it is noted what is published.
        market.database.execute("update price_reference set due_at = computed_at, published_price = null,"
                + " published_status = null, published_at = null where asset_id = 'unsure'");
        market.clock.add(Duration.ofSeconds(1));

        start();

        awaitTold("unsure", "7 DEGRADED", "7 DEGRADED");
    }

    @Test
    void flagsAndCountsAJumpOnce() {
        double before = jumps();
        market.addAsset("jumping");
        market.observe(says("a", "jumping", "100"));
        awaitTold("jumping", "100 DEGRADED");
        market.clock.add(Duration.ofSeconds(1));

        market.observe(says("a", "jumping", "200"));
        awaitTold("jumping", "100 DEGRADED", "200 DEGRADED UNCONFIRMED");
        market.clock.add(Duration.ofSeconds(1));
        market.observe(says("b", "jumping", "200"));

        awaitTold("jumping", "100 DEGRADED", "200 DEGRADED UNCONFIRMED", "200 OK");
        assertThat(jumps() - before).isEqualTo(1);
    }

    @Test
    void leavesReplaysOfThePastAlone() {
        market.addAsset("replayed");
        market.observe(Origin.ORIGIN_REPLAY, says("a", "replayed", "1"));
        market.observe(says("b", "replayed", "2"));

        awaitTold("replayed", "2 DEGRADED");
        assertThat(market.published("replayed").getFirst().getExcluded(0).getExclusion())
                .isEqualTo(io.pricewire.proto.v1.Exclusion.EXCLUSION_REPLAYED);
    }

    @Test
    void callsTheOldReferencePriceStaleWhenItsOnlySourceHasMovedToAnotherAsset() {
        market.addAsset("left", "joined");
        market.observe(says("a", "left", "3"));
        awaitTold("left", "3 DEGRADED");
        await().atMost(PATIENCE).until(() -> market.stored("left").get("published_price") != null);

        market.database.execute("update price_latest set asset_id = 'joined' where asset_id = 'left'");
        market.database.execute("update price_reference set due_at = '-infinity' where asset_id = 'left'");
        market.tellAgain("a", "joined", "3");

        awaitTold("left", "3 DEGRADED", "3 STALE");
        awaitTold("joined", "3 DEGRADED");
    }

    @Test
    void equalsItsRecomputationThoughInstancesComeAndGo() throws Exception {
        equalsItsRecomputationThoughInstancesAreKilled("few", 3);
    }

    @Test
    @Tag("full")
    void equalsItsRecomputationThoughAnInstanceIsKilledTenTimes() throws Exception {
        equalsItsRecomputationThoughInstancesAreKilled("many", 10);
    }

    private void equalsItsRecomputationThoughInstancesAreKilled(String prefix, int kills) throws Exception {
        Random chance = new Random(17);
        for (int asset = 0; asset < ASSETS; asset++) {
            market.addAsset(prefix + asset);
        }
        StoredReferences references = new StoredReferences(market.database);
        Process victim = market.instance("victim-" + prefix);
        try {
            for (int kill = 0; kill < kills; kill++) {
                int before = market.published().size();
                Disposable passing = market.pipeline("passing-" + prefix).run().subscribe();
                market.observe(sayings(prefix, chance));
                await().atMost(PATIENCE).until(() -> market.published().size() > before);
                victim.destroyForcibly().waitFor();
                market.observe(sayings(prefix, chance));
                passing.dispose();
                victim = market.instance("victim-" + prefix);
            }
            market.observe(sayings(prefix, chance));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> assertThat(references.stored(prefix)).isEqualTo(references.recomputed(prefix)));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(references.farFromWhatWasTold(prefix, told()))
                            .isEmpty());
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private static Saying[] sayings(String prefix, Random chance) {
        List<Saying> sayings = new ArrayList<>();
        for (int asset = 0; asset < ASSETS; asset++) {
            for (String source : SOURCES.subList(0, 1 + chance.nextInt(SOURCES.size()))) {
                sayings.add(says(source, prefix + asset, String.valueOf(1_000 + chance.nextInt(100))));
            }
        }
        return sayings.toArray(Saying[]::new);
    }

    private static List<ReferencePrice> told() {
        return market.published().stream().map(Event::value).toList();
    }

    private static double jumps() {
        return market.registry
                .counter("pricewire.normalizer.reference.unconfirmed")
                .count();
    }

    private static BigDecimal highestInCandles(String asset) {
        return (BigDecimal) market.database
                .query("select max(high) as high from price_candle where source_asset_id = '%s'".formatted(asset))
                .getFirst()
                .get("high");
    }

    private static void awaitPrice(String asset, String price) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(market.stored(asset)).containsEntry("price", new BigDecimal(price)));
    }

    private static void awaitTold(String asset, String... told) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(market.told(asset)).containsExactly(told));
    }
}
