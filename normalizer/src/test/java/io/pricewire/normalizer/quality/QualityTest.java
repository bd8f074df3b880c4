package io.pricewire.normalizer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Scores by hand: all that is in the tables stands in the test. */
class QualityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T07:02:00Z");

    private static TestDatabase database;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Quality quality;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
        database.execute(
                "select ensure_partitions('price_history', array['2026-11-01T00:00:00Z'::timestamptz], '1 month')");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute(
                "truncate asset, asset_alias, price_latest, price_history, price_reference, rejected_observation,"
                        + " source_quality, source_quality_fact");
        database.execute(
                "insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now()), ('ethereum', 'ETH', 'Ether', now())");
        quality = new Quality(
                new QualitySettings(Duration.ofMinutes(1), new BigDecimal("0.02")),
                database.client(),
                database.transaction(),
                registry,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void countsOfTheUsualFieldsHowManyWereGiven() {
        observed("a", "06:55", "price, market_cap, volume_24h, bid", "1, 2, 3, 4");
        observed("b", "06:56", "price, market_cap, volume_24h", "1, 2, 3");
        observed("c", "06:57", "price, market_cap", "1, 2");
        observed("d", "06:58", "price", "1");

        calculate(NOW, 0);

        // Half of four gave volume_24h, so it is usual; one gave bid, which is not. 4 + 3 + 2 of 4 * 3.
        assertThat(score("1h"))
                .containsEntry("completeness", new BigDecimal("0.7500"))
                .containsEntry("observed", 4L)
                .containsEntry("fields", "{price,market_cap,volume_24h}");
    }

    @Test
    void missesAFieldThatWasUsualBefore() {
        observed("a", "2026-11-20T12:00:00Z", "price, rank", "1, 1");
        observed("b", "2026-11-20T12:00:00Z", "price, rank", "1, 2");
        calculate(Instant.parse("2026-11-20T12:01:00Z"), 0);
        observed("a", "06:55", "price", "1");

        calculate(NOW, 0);

        assertThat(score("1h")).containsEntry("completeness", new BigDecimal("0.5000"));
        assertThat(score("24h")).containsEntry("completeness", new BigDecimal("0.8333"));
    }

    @Test
    void takesWhatWasRejectedForInvalidUntilItIsBroughtIn() {
        observed("a", "06:55", "price", "1");
        observed("b", "06:55", "price", "1");
        rejected("06:56", "s", null);
        rejected("06:56", "", "s");
        rejected("06:57", "s", null);
        database.execute(
                "update rejected_observation set replayed_at = now() where rejected_at = '2026-11-21T06:57:00Z'");

        calculate(NOW, 0);

        assertThat(score("1h"))
                .containsEntry("validity", new BigDecimal("0.5000"))
                .containsEntry("consistency", new BigDecimal("0.5000"))
                .containsEntry("agreement", null)
                .containsEntry("rejected", 2L);
    }

    @Test
    void holdsFreshPricesAgainstAReferenceThatOthersMadeToo() {
        latest("s", "in", "bitcoin", "101.9", "06:59");
        latest("s", "at-the-limit", "bitcoin", "98", "06:59");
        latest("s", "out", "bitcoin", "102.1", "06:59");
        latest("s", "stale", "bitcoin", "500", "06:30");
        latest("s", "alone", "ethereum", "5", "06:59");
        reference("bitcoin", "100", "ok", "[{\"source\": \"s\"}, {\"source\": \"t\"}]");
        reference("ethereum", "5", "degraded", "[{\"source\": \"s\"}]");
        observed("a", "06:59", "price", "1");
        rejected("06:59", "s", null);

        calculate(NOW, 0);

        // Two of three agree, and one of two records is valid: 1/3.
        assertThat(score("1h"))
                .containsEntry("agreement", new BigDecimal("0.6666"))
                .containsEntry("validity", new BigDecimal("0.5000"))
                .containsEntry("consistency", new BigDecimal("0.3333"));
    }

    @Test
    void holdsASourceAgainstAReferenceThatItWasExcludedFromAndNotAgainstAStaleOne() {
        latest("s", "a", "bitcoin", "150", "06:59");
        latest("s", "b", "ethereum", "5", "06:59");
        reference("bitcoin", "100", "degraded", "[{\"source\": \"t\"}]");
        reference("ethereum", "900", "stale", "[{\"source\": \"t\"}]");

        calculate(NOW, 0);

        assertThat(score("1h"))
                .containsEntry("agreement", new BigDecimal("0.0000"))
                .containsEntry("consistency", new BigDecimal("0.0000"))
                .containsEntry("validity", null)
                .containsEntry("completeness", null);
    }

    @Test
    void takesTheMeanOfTheLooksForFreshness() {
        latest("s", "a", "bitcoin", "1", "06:59");
        latest("s", "b", "bitcoin", "1", "06:30");
        latest("s", "gone-for-a-day", "bitcoin", "1", "2026-11-20T06:30:00Z");
        calculate(NOW, 0);
        assertThat(score("1h")).containsEntry("freshness", new BigDecimal("0.5000"));

        // Ten minutes are how long these prices stay fresh.
        calculate(NOW.plusSeconds(600), 0);

        assertThat(score("1h")).containsEntry("freshness", new BigDecimal("0.2500"));
    }

    @Test
    void countsThePricesOfTheLastDayOfADeadSourceAsNotFresh() {
        latest("s", "a", "bitcoin", "1", "2026-11-20T07:00:00Z");
        latest("s", "b", "bitcoin", "1", "2026-11-19T07:00:01Z");
        latest("s", "gone-before", "bitcoin", "1", "2026-11-19T07:00:00Z");

        calculate(NOW, 0);

        assertThat(score("1h"))
                .containsEntry("freshness", new BigDecimal("0.0000"))
                .containsEntry("agreement", null);
        assertThat(database.query("select known, fresh from source_quality_fact"))
                .containsExactly(Map.of("known", 2L, "fresh", 0L));
    }

    @Test
    void knowsNothingOfAFileThatIsOld() {
        latest("s", "a", "bitcoin", "1", "2026-11-20T07:00:00Z");
        database.execute("update price_latest set origin = 'file'");

        calculate(NOW, 0);

        assertThat(database.query("select * from source_quality")).isEmpty();
    }

    @Test
    void knowsNothingOfAWindowInWhichNothingWasSeen() {
        observed("a", "04:00", "price", "1");
        for (int turn = 0; turn < 12; turn++) {
            calculate(NOW, turn);
        }

        assertThat(score("1h"))
                .containsEntry("completeness", null)
                .containsEntry("consistency", null)
                .containsEntry("freshness", null)
                .containsEntry("observed", 0L);
        assertThat(score("24h"))
                .containsEntry("completeness", new BigDecimal("1.0000"))
                .containsEntry("consistency", new BigDecimal("1.0000"))
                .containsEntry("freshness", null);
    }

    @Test
    void saysTheSameWhenItCountsAgain() {
        observed("a", "06:55", "price, rank", "1, 1");
        rejected("06:56", "s", null);
        latest("s", "a", "bitcoin", "1", "06:59");
        calculate(NOW, 0);
        Map<String, Object> before = score("24h");
        calculate(NOW, 0);

        assertThat(score("24h")).isEqualTo(before);
    }

    @Test
    void countsAnObservationOnceWhereItWasFetchedLast() {
        observed("a", "06:55", "price, rank", "1, 1");
        observed("b", "06:55", "price, rank", "1, 1");
        calculate(NOW.minusSeconds(240), 0);
        database.execute("update price_history set ingested_at = '2026-11-21T07:01:00Z'");

        calculate(NOW, 0);

        assertThat(score("1h")).containsEntry("observed", 2L);
        assertThat(database.query("select observed from source_quality_fact where observed > 0"))
                .hasSize(1);
    }

    @Test
    void findsWhatWasStoredLateWhenItsTurnComes() {
        calculate(NOW, 0);
        observed("a", "05:55", "price", "1");
        rejected("05:57", "s", null);

        calculate(NOW, 0);
        assertThat(database.query("select * from source_quality")).isEmpty();
        for (int turn = 1; turn < 5; turn++) {
            calculate(NOW, turn);
        }

        assertThat(score("24h")).containsEntry("validity", new BigDecimal("0.5000"));
    }

    @Test
    void forgetsASourceOfWhichNothingWasSeenForAWeek() {
        observed("a", "06:55", "price", "1");
        calculate(NOW, 0);

        calculate(NOW.plus(Duration.ofDays(8)), 0);

        assertThat(database.query("select * from source_quality")).isEmpty();
        assertThat(database.query("select * from source_quality_fact")).isEmpty();
    }

    @Test
    void roundsDownSoThatOnlyAllIsOne() {
        database.execute("insert into source_quality_fact (source, began_at, observed, price, rejected)"
                + " values ('s', '2026-11-21T06:00:00Z', 99999, 99999, 1)");
        // Counted elsewhere: no turn comes to it here.
        calculate(NOW.plusSeconds(3_600), 50);

        assertThat(score("24h"))
                .containsEntry("validity", new BigDecimal("0.9999"))
                .containsEntry("completeness", new BigDecimal("1.0000"));
    }

    @Test
    void showsTheScoresAsMetricsUntilItIsStopped() {
        observed("a", "06:55", "price", "1");
        rejected("06:56", "s", null);
        Disposable running = quality.run(Mono.empty()).subscribe();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(registry.find("pricewire.quality.consistency")
                            .tags("source", "s", "window", "1h")
                            .gauge())
                    .isNotNull()
                    .satisfies(gauge -> assertThat(gauge.value()).isEqualTo(0.5));
            assertThat(registry.find("pricewire.quality.completeness").gauges()).hasSize(2);
        });
        assertThat(registry.find("pricewire.quality.freshness").gauges()).isEmpty();
        quality.stop();
        await().atMost(PATIENCE).until(running::isDisposed);
    }

    @Test
    void readsTheHistoryOfAWindowByItsIndex() {
        database.execute("insert into price_history (source, source_asset_id, quote, interval, observed_at,"
                + " observed_at_assumed, asset_id, ingested_at, event_id, run_id, origin, price)"
                + " select 's', 'a', 'USD', 'tick', timestamptz '2026-11-01T00:00:00Z' + n * interval '30 seconds', false,"
                + " 'bitcoin', timestamptz '2026-11-01T00:00:00Z' + n * interval '30 seconds', gen_random_uuid(),"
                + " gen_random_uuid(), 'live', 1 from generate_series(1, 50000) n");
        database.execute("analyze price_history");

        assertThat(database.query(
                                "explain select count(*) from price_history"
                                        + " where ingested_at >= '2026-11-10T00:00:00Z' and ingested_at < '2026-11-10T00:15:00Z'")
                        .toString())
                .contains("_ingested_at_idx");
    }

    private void calculate(Instant now, long turn) {
        quality.calculate(now, turn).block(PATIENCE);
    }

    private static Map<String, Object> score(String window) {
        return database.query("select completeness, consistency, freshness, validity, agreement, observed, rejected,"
                        + " fields::text as fields from source_quality where source = 's' and \"window\" = '%s'"
                                .formatted(window))
                .getFirst();
    }

    private static void observed(String asset, String fetchedAt, String fields, String values) {
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, %s)
                values ('s', '%s', 'USD', 'tick', '%s', false, 'bitcoin', '%s', gen_random_uuid(), gen_random_uuid(), 'live',
                  %s)""".formatted(fields, asset, time(fetchedAt), time(fetchedAt), values));
    }

    private static void latest(String source, String id, String asset, String price, String observedAt) {
        database.execute("""
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                values ('%s', '%s', 'USD', '%s', '', '', 'tick', '%5$s', false, '%5$s', gen_random_uuid(), gen_random_uuid(),
                  'live', '10 minutes', %4$s)""".formatted(source, id, asset, price, time(observedAt)));
    }

    private static void reference(String asset, String price, String status, String used) {
        database.execute("""
                insert into price_reference (asset_id, quote, symbol, name, price, status, used, excluded, unconfirmed,
                  observed_at, computed_at, confirmed_price, confirmed_at, partition)
                values ('%s', 'USD', '', '', %s, '%s', '%s', '[]', false, now(), now(), 1, now(), 0)""".formatted(asset, price, status, used));
    }

    private static void rejected(String at, String source, String ingestor) {
        database.execute("""
                insert into rejected_observation
                  (rejection_id, source, source_asset_id, reasons, original, original_type, rejected_at, ingestor)
                values (gen_random_uuid(), '%s', '', '[]', '', 'text/plain', '%s', %s)""".formatted(source, time(at), ingestor == null ? "null" : "'" + ingestor + "'"));
    }

    /** A time of today, or any. */
    private static String time(String text) {
        return text.length() > 5 ? text : "2026-11-21T%s:00Z".formatted(text);
    }
}
