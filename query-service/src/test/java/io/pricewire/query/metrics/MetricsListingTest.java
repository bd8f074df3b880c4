package io.pricewire.query.metrics;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pricewire.query.ReadDatabase;
import io.pricewire.query.listing.Part;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics worked out of prices, on a real database. */
class MetricsListingTest {

    private static final Instant LATEST = Instant.parse("2026-11-21T07:00:00Z");

    private static ReadDatabase database;

    @BeforeAll
    static void open() throws Exception {
        database = new ReadDatabase();
        database.execute("""
                select ensure_partitions('price_history',
                  array['2026-10-01Z'::timestamptz, '2026-11-01Z'::timestamptz], '1 month');""");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("truncate asset, asset_alias, price_latest, price_history");
    }

    @Test
    void looksBackFromTheLatestObservation() throws Exception {
        latest("bitcoin", "110", "null");
        observed("bitcoin", "tick", "1 hour", "100", "null", "null");
        observed("bitcoin", "tick", "59 minutes", "1", "null", "null");
        observed("bitcoin", "tick", "29 hours", "88", "null", "null");
        observed("bitcoin", "tick", "7 days", "200", "null", "null");

        MetricsView metrics = one();

        assertThat(metrics.price()).isEqualByComparingTo("110");
        assertThat(metrics.change1hPct()).isEqualByComparingTo("10");
        assertThat(metrics.change24hPct()).isEqualByComparingTo("25");
        assertThat(metrics.change7dPct()).isEqualByComparingTo("-45");
        assertThat(metrics.change30dPct()).isNull();
    }

    @Test
    void knowsNoChangeWhereThePriceBeforeIsTooOld() throws Exception {
        latest("bitcoin", "110", "null");
        observed("bitcoin", "tick", "90 minutes", "100", "null", "null");

        assertThat(one().change1hPct()).isNull();
    }

    @Test
    void takesTheHighestAndTheLowestOfADayFromTicksAndFromBarsWithinIt() throws Exception {
        latest("bitcoin", "110", "null");
        observed("bitcoin", "tick", "0 hours", "110", "null", "null");
        observed("bitcoin", "tick", "23 hours", "120", "null", "null");
        observed("bitcoin", "tick", "24 hours", "1", "null", "null");
        observed("bitcoin", "1h", "2 hours", "105", "130", "90");
        observed("bitcoin", "1d", "7 hours", "104", "999", "2");

        MetricsView metrics = one();

        assertThat(metrics.high24h()).isEqualByComparingTo("130");
        assertThat(metrics.low24h()).isEqualByComparingTo("90");
    }

    @Test
    void worksOutRealisedVolatility() throws Exception {
        latest("bitcoin", "100", "null");
        for (int day = 0; day <= 30; day++) {
            observed("bitcoin", "tick", day + " days", day % 2 == 0 ? "100" : "110", "null", "null");
        }

        // Thirty returns of ln 1.1 up and down: ln 1.1 * sqrt(30 / 29) * sqrt(365) * 100.
        assertThat(String.valueOf(one().volatility30dPct())).startsWith("185.20");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 6})
    void knowsVolatilityFromSevenReturnsOn(int returns) throws Exception {
        latest("bitcoin", "100", "null");
        for (int day = 0; day <= returns; day++) {
            observed("bitcoin", "tick", day + " days", day % 2 == 0 ? "100" : "110", "null", "null");
        }

        assertThat(one().volatility30dPct() == null).isEqualTo(returns < 7);
    }

    @Test
    void tellsThePartOfTheMarketOfTheSourceInTheQuoteCurrency() throws Exception {
        latest("bitcoin", "1", "600");
        latest("ethereum", "1", "200");
        latest("unknown", "1", "null");
        database.execute(
                "insert into price_latest select 'other', source_asset_id, quote, asset_id, symbol, name, interval,"
                        + " observed_at, observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price, null, null,"
                        + " null, null, null, 1000 from price_latest where source_asset_id = 'unknown'");

        List<MetricsView> metrics = all("-market_cap");

        assertThat(metrics)
                .extracting(MetricsView::source, MetricsView::assetId)
                .containsExactly(
                        tuple("other", "unknown"),
                        tuple("coingecko", "bitcoin"),
                        tuple("coingecko", "ethereum"),
                        tuple("coingecko", "unknown"));
        assertThat(metrics)
                .extracting(MetricsView::marketSharePct)
                .extracting(share -> share == null ? null : share.setScale(2, RoundingMode.UNNECESSARY))
                .containsExactly(new BigDecimal("100.00"), new BigDecimal("75.00"), new BigDecimal("25.00"), null);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void goesThroughAllOfThemPartByPart(String sort) throws Exception {
        seven();
        List<MetricsView> expected = all(sort);

        List<MetricsView> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Part<MetricsView> part = part(sort, new Paging(cursor, 1, 2));
            found.addAll(part.rows());
            cursor = part.next();
        }

        assertThat(found).isEqualTo(expected).hasSize(7);
        assertThat(part(sort, new Paging(null, 2, 3)).rows()).isEqualTo(expected.subList(3, 6));
        assertThat(part(sort, new Paging(null, 2, 3)).total()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void putsThemInTheOrderOfWhatIsAnsweredAndWhatIsUnknownLast(String sort) throws Exception {
        seven();

        List<@Nullable Object> values =
                all(sort).stream().map(MetricsOrder.named(sort).value()).toList();

        assertThat(values).hasSize(7);
        List<Comparable<Object>> known = values.stream()
                .takeWhile(Objects::nonNull)
                .map(MetricsListingTest::comparable)
                .toList();
        assertThat(known)
                .hasSizeGreaterThan(3)
                .isSortedAccordingTo(sort.startsWith("-") ? reverseOrder() : naturalOrder());
        assertThat(Set.copyOf(known)).as("there is something to sort").hasSizeGreaterThan(1);
        assertThat(values.subList(known.size(), 7)).allMatch(Objects::isNull);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E999999999", "1e5", "NaN", "+1", ""})
    void refusesAPlaceThatItDidNotGive(String value) {
        for (String sort : List.of("-market_cap", "change_24h_pct")) {
            String place = Cursor.of(sort, value, "coingecko", "bitcoin", "USD").text();

            assertThatThrownBy(() -> part(sort, new Paging(place, 1, 2))).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void looksPricesUpByTheirKey() throws Exception {
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, price)
                select 'coingecko', 'asset-' || n, 'USD', 'tick', '2026-11-21T07:00:00Z'::timestamptz - h * interval '2 hours',
                  false, 'asset-' || n, now(), gen_random_uuid(), gen_random_uuid(), 'live', 1
                from generate_series(1, 50) n, generate_series(0, 350) h;
                insert into asset select 'asset-' || n, '', '', now() from generate_series(1, 50) n;
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                select 'coingecko', 'asset-' || n, 'USD', 'asset-' || n, '', '', 'tick', '2026-11-21T07:00:00Z', false, now(),
                  gen_random_uuid(), gen_random_uuid(), 'live', interval '1 hour', 1 from generate_series(1, 50) n;
                analyze price_history; analyze price_latest;""");
        Values values = new Values();
        String sql = new MetricsListing(null, null, null, MetricsOrder.named("-change_7d_pct"), database.client())
                .sql(values, null, 0, 100);

        String plan = ReadDatabase.plan(values.bind("explain " + sql, database.client()));

        assertThat(plan).contains("using price_history_2026_11_pkey").doesNotContain("Seq Scan on price_history");
    }

    private static List<String> orders() {
        return MetricsOrder.names();
    }

    @SuppressWarnings("unchecked") // what a list is sorted by is all of one kind
    private static Comparable<Object> comparable(Object value) {
        return (Comparable<Object>) value;
    }

    /** Seven assets, each value of which some have in common and others do not have, but for price and symbol. */
    private static void seven() throws Exception {
        for (int i = 0; i < 7; i++) {
            String asset = "asset-" + i;
            latest(asset, String.valueOf(10 + i % 4), i % 3 == 0 ? "null" : String.valueOf(1 + i % 2));
            if (i % 3 != 1) {
                for (int day = 0; day <= 30; day++) {
                    observed(asset, "tick", day + " days", String.valueOf(9 + i % 4 * (day % 2)), "null", "null");
                }
                observed(asset, "tick", "1 hour", String.valueOf(7 + i % 4), "null", "null");
            }
        }
    }

    private static MetricsView one() {
        return new MetricsListing(
                        "bitcoin",
                        Set.of("coingecko"),
                        Set.of("USD"),
                        MetricsOrder.named(MetricsOrder.DEFAULT),
                        database.client())
                .part(new Paging("", 1, 10))
                .blockOptional(ReadDatabase.PATIENCE)
                .orElseThrow()
                .rows()
                .getFirst();
    }

    private static List<MetricsView> all(String sort) {
        return part(sort, new Paging("", 1, 100)).rows();
    }

    private static Part<MetricsView> part(String sort, Paging paging) {
        return new MetricsListing(null, null, null, MetricsOrder.named(sort), database.client())
                .part(paging)
                .blockOptional(ReadDatabase.PATIENCE)
                .orElseThrow();
    }

    private static void latest(String asset, String price, String marketCap) throws Exception {
        database.execute("insert into asset values ('%s', '', '', now())".formatted(asset));
        database.execute("""
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price, market_cap)
                values ('coingecko', '%1$s', 'USD', '%1$s', upper('%1$s'), '', 'tick', '%2$s', false, now(),
                  gen_random_uuid(), gen_random_uuid(), 'live', interval '1 hour', %3$s, %4$s)""".formatted(asset, LATEST, price, marketCap));
    }

    private static void observed(String asset, String interval, String before, String price, String high, String low)
            throws Exception {
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, price, high, low)
                values ('coingecko', '%1$s', 'USD', '%2$s', '%3$s'::timestamptz - interval '%4$s', false, '%1$s', now(),
                  gen_random_uuid(), gen_random_uuid(), 'live', %5$s, %6$s, %7$s)""".formatted(asset, interval, LATEST, before, price, high, low));
    }
}
