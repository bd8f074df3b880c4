package io.pricewire.query.candles;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.query.ReadDatabase;
import io.pricewire.query.listing.Part;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Candles, made of stored ones, on a real database. */
class CandleListingTest {

    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final int ALL = 1_000;

    private static ReadDatabase database;

    @BeforeAll
    static void open() {
        database = new ReadDatabase();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("truncate asset, asset_alias, price_candle, price_latest");
        database.execute("""
                insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now()), ('batcoin', 'BTC', 'BatCoin', now());
                insert into asset_alias values
                  ('a', 'btc', 'bitcoin', 'btc', 'Bitcoin', 'own', '{}', 'test', now()),
                  ('a', 'bat', 'batcoin', 'btc', 'BatCoin', 'own', '{}', 'test', now()),
                  ('b', 'btc', 'bitcoin', 'btc', 'Bitcoin', 'own', '{}', 'test', now());""");
    }

    @Test
    void addsMinutesUp() throws Exception {
        ticks("a", "btc", "USD", 0, "3", "5", "2", "4");
        ticks("a", "btc", "USD", 7, "4", "9", "4", "8");
        ticks("a", "btc", "USD", 59, "8", "8", "1", "1");
        ticks("a", "btc", "USD", 60, "7", "7", "7", "7");

        assertThat(texts(Interval.HOUR)).containsExactly("00:00 3 9 1 1 null", "01:00 7 7 7 7 null");
        assertThat(texts(Interval.FIVE_MINUTES))
                .containsExactly(
                        "00:00 3 5 2 4 null", "00:05 4 9 4 8 null", "00:55 8 8 1 1 null", "01:00 7 7 7 7 null");
        assertThat(texts(Interval.ONE_MINUTE)).hasSize(4);
        assertThat(all(Interval.DAY)).singleElement().satisfies(candle -> {
            assertThat(candle.lastAt()).isEqualTo(DAY.plusSeconds(3_600));
            assertThat(candle.fromBar()).isFalse();
        });
    }

    @Test
    void takesTheSourcesOwnBarInsteadOfASum() throws Exception {
        ticks("a", "btc", "USD", 0, "3", "5", "2", "4");
        ticks("a", "btc", "USD", 1_440, "6", "6", "6", "6");
        bar("1h", 0, "30", "50", "20", "40", "1.5");
        bar("1d", 0, "300", "500", "200", "400", "2");

        assertThat(texts(Interval.DAY)).containsExactly("00:00 300 500 200 400 2", "00:00 6 6 6 6 null");
        assertThat(all(Interval.DAY)).extracting(CandleView::fromBar).containsExactly(true, false);
        assertThat(texts(Interval.HOUR)).containsExactly("00:00 30 50 20 40 1.5", "00:00 6 6 6 6 null");
        assertThat(texts(Interval.QUARTER)).containsExactly("00:00 3 5 2 4 null", "00:00 6 6 6 6 null");
    }

    @Test
    void takesABarForTheMinutesWithinItAndTheMinutesForTheRest() throws Exception {
        bar("1h", 60, "30", "50", "20", "40", "1.5");
        bar("15m", 75, "1", "1000", "1", "1", "1");
        bar("5m", 125, "41", "42", "41", "42", "0.25");
        ticks("a", "btc", "USD", 59, "25", "26", "24", "25");
        ticks("a", "btc", "USD", 60, "3", "999", "2", "4");
        ticks("a", "btc", "USD", 119, "3", "999", "2", "4");
        ticks("a", "btc", "USD", 120, "41", "41", "19", "41");
        ticks("a", "btc", "USD", 129, "3", "999", "2", "4");

        assertThat(texts(Interval.FOUR_HOURS)).containsExactly("00:00 25 50 19 42 null");
    }

    @Test
    void makesCandlesOfBarsOfEveryLengthOfWhichTheyHoldWholeOnes() throws Exception {
        bar("30m", 30, "3", "9", "3", "4", "1");
        bar("2h", 120, "1", "9", "1", "5", "2");
        bar("6h", 360, "1", "9", "1", "6", "4");
        bar("12h", 720, "1", "9", "1", "7", "8");

        assertThat(texts(Interval.HOUR)).containsExactly("00:00 3 9 3 4 1");
        assertThat(texts(Interval.FOUR_HOURS)).containsExactly("00:00 3 9 1 5 3");
        assertThat(texts(Interval.DAY)).containsExactly("00:00 3 9 1 7 15");
    }

    @Test
    void takesTheLongerOfTwoBarsThatCutEachOther() throws Exception {
        bar("4h", 0, "1", "5", "1", "5", "1");
        bar("4h", 240, "1", "6", "1", "6", "10");
        bar("6h", 0, "2", "7", "2", "7", "100");
        bar("1h", 300, "1", "8", "1", "8", "1000");
        bar("1h", 420, "1", "9", "1", "9", "10000");

        assertThat(texts(Interval.DAY)).containsExactly("00:00 2 9 1 9 10100");
        assertThat(texts(Interval.FOUR_HOURS)).containsExactly("00:00 1 5 1 5 1", "04:00 1 6 1 6 10");
    }

    @Test
    void areThoseOfTheViewsForAnalysts() throws Exception {
        for (int i = 0; i < 60; i++) {
            ticks(i % 3 == 0 ? "b" : "a", "btc", i % 5 == 0 ? "EUR" : "USD", i * i, "1", "9", "1", String.valueOf(i));
        }
        bar("5m", 120, "1", "2", "1", "2", "1");
        bar("15m", 135, "1", "2", "1", "2", "1.5");
        bar("30m", 150, "1", "2", "1", "2", "1");
        bar("1h", 600, "1", "2", "1", "2", "1");
        bar("2h", 720, "null", "null", "1", "2", "null");
        bar("4h", 960, "1", "2", "1", "2", "1");
        bar("6h", 1_080, "1", "2", "1", "2", "1");
        bar("12h", 1_440, "1", "2", "1", "2", "1");
        bar("4h", 2_880, "1", "2", "1", "2", "1");
        bar("1d", 4_320, "1", "2", "1", "2", "1");

        assertThat(viewed("mart_hourly", "hour", Interval.HOUR)).isEqualTo(all(Interval.HOUR));
        assertThat(viewed("mart_daily", "day::timestamp at time zone 'UTC'", Interval.DAY))
                .isEqualTo(all(Interval.DAY));
    }

    private static List<CandleView> viewed(String view, String openedAt, Interval interval) {
        return database.client()
                .sql("select *, %s as opened_at from %s order by opened_at, source, quote".formatted(openedAt, view))
                .map(row -> new CandleView(
                        requireNonNull(row.get("asset_id", String.class)),
                        requireNonNull(row.get("source", String.class)),
                        requireNonNull(row.get("source_asset_id", String.class)),
                        requireNonNull(row.get("quote", String.class)),
                        interval.code(),
                        requireNonNull(row.get("opened_at", Instant.class)),
                        row.get("open", BigDecimal.class),
                        row.get("high", BigDecimal.class),
                        row.get("low", BigDecimal.class),
                        requireNonNull(row.get("close", BigDecimal.class)),
                        row.get("volume_base", BigDecimal.class),
                        row.get("volume_quote", BigDecimal.class),
                        requireNonNull(row.get("last_at", Instant.class)),
                        requireNonNull(row.get("from_bar", Boolean.class))))
                .all()
                .collectList()
                .blockOptional(ReadDatabase.PATIENCE)
                .orElseThrow();
    }

    @Test
    void knowsAVolumeWhereEveryPartHasOne() throws Exception {
        bar("1h", 60, "1", "1", "1", "1", "1.50");
        bar("1h", 180, "1", "1", "1", "1", "2.25");

        assertThat(texts(Interval.DAY)).containsExactly("00:00 1 1 1 1 3.75");
    }

    @Test
    void showsTheReferencePriceUnderTheAssetItself() throws Exception {
        ticks("reference", "bitcoin", "USD", 0, "3", "3", "3", "3");
        ticks("reference", "batcoin", "USD", 0, "4", "4", "4", "4");
        ticks("a", "btc", "USD", 0, "5", "5", "5", "5");

        assertThat(all(request(Interval.DAY, Set.of("reference"), null, null, null, "")))
                .singleElement()
                .satisfies(candle -> assertThat(candle.close()).isEqualByComparingTo("3"));
    }

    @Test
    void keepsSourcesAndQuotesApart() throws Exception {
        ticks("b", "btc", "USD", 0, "2", "2", "2", "2");
        ticks("a", "btc", "USDT", 0, "3", "3", "3", "3");
        ticks("a", "btc", "EUR", 0, "4", "4", "4", "4");
        ticks("a", "bat", "EUR", 0, "5", "5", "5", "5");

        assertThat(texts(Interval.DAY))
                .containsExactly("00:00 4 4 4 4 null", "00:00 3 3 3 3 null", "00:00 2 2 2 2 null");
        assertThat(all(request(Interval.DAY, Set.of("a"), Set.of("USDT", "EUR"), null, null, "")))
                .extracting(CandleView::quote)
                .containsExactly("EUR", "USDT");
    }

    @Test
    void showsWholeCandlesThatOpenedWithinATime() throws Exception {
        for (int minute = 0; minute < 240; minute += 20) {
            ticks("a", "btc", "USD", minute, "1", "1", "1", String.valueOf(minute));
        }

        assertThat(all(request(
                        Interval.HOUR, Set.of("a"), null, DAY.plusSeconds(1), DAY.plusSeconds(3 * 3_600 + 1), "")))
                .extracting(candle -> candle.close().intValueExact())
                .containsExactly(100, 160, 220);
        assertThat(all(request(Interval.HOUR, Set.of("a"), null, DAY, DAY.plusSeconds(3 * 3_600), "")))
                .extracting(candle -> candle.close().intValueExact())
                .containsExactly(40, 100, 160);
    }

    @ParameterizedTest
    @EnumSource(Interval.class)
    void goesThroughAllOfThemPartByPart(Interval interval) throws Exception {
        for (int i = 0; i < 60; i++) {
            ticks(
                    i % 3 == 0 ? "b" : "a",
                    "btc",
                    i % 5 == 0 ? "EUR" : "USD",
                    i * i * 3,
                    "1",
                    "1",
                    "1",
                    String.valueOf(i));
        }
        bar("15m", 300, "1", "2", "1", "2", "1");
        bar("1h", 600, "1", "2", "1", "2", "1");
        bar("1d", 1_440, "1", "2", "1", "2", "1");
        List<CandleView> expected = all(interval);

        for (int size : List.of(1, 2, 7)) {
            List<CandleView> found = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                Part<CandleView> part = part(interval, new Paging(cursor, 1, size));
                found.addAll(part.rows());
                cursor = part.next();
            }
            assertThat(found).as("by " + size).isEqualTo(expected);
        }
        Part<CandleView> second = part(interval, new Paging(null, 2, 3));
        assertThat(second.total()).isEqualTo(expected.size());
        assertThat(second.rows()).isEqualTo(expected.subList(3, Math.min(6, expected.size())));
    }

    @Test
    void refusesThePlaceOfAnotherList() {
        String elsewhere = Cursor.of("2026-11-20T00:00:01Z", "a", "btc", "USD").text();

        assertThatThrownBy(() -> part(Interval.HOUR, new Paging(elsewhere, 1, 2)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void findsThemByTheirKey() throws Exception {
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  from_bar, first_at, high_at, low_at, last_at)
                select 'a', asset, 'USD', '1m', opened_at, asset, 1, 1, 1, 1, false, opened_at, opened_at, opened_at, opened_at
                from unnest(array['btc', 'bat', 'bit']) asset,
                  generate_series('2026-11-01Z'::timestamptz, '2026-11-07Z', '1 minute') opened_at;
                analyze price_candle;""");
        Values values = new Values();
        String sql = new CandleListing(
                        request(Interval.HOUR, Set.of("a"), null, DAY.minusSeconds(1_000_000), null, ""),
                        database.client())
                .sql(values, null, 0, 10);

        String plan = ReadDatabase.plan(values.bind("explain " + sql, database.client()));

        assertThat(plan).contains("using price_candle_pkey").doesNotContain("Seq Scan on price_candle");
    }

    @Test
    void countsDaysWithoutReadingTheirMinutes() throws Exception {
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  from_bar, first_at, high_at, low_at, last_at)
                select 'a', 'btc', 'USD', '1m', opened_at, 'bitcoin', 1, 1, 1, 1, false, opened_at, opened_at, opened_at, opened_at
                from generate_series('2026-11-01Z'::timestamptz, '2026-11-07T23:59Z', '1 minute') opened_at;
                analyze price_candle;""");
        Values values = new Values();
        CandleListing days = new CandleListing(
                request(Interval.DAY, Set.of("a"), null, DAY.minusSeconds(20 * 86_400), null, ""), database.client());

        String plan = ReadDatabase.plan(
                values.bind("explain (analyze, timing off) " + days.countByWalk(values), database.client()));

        assertThat(days.count().block(ReadDatabase.PATIENCE)).isEqualTo(7);
        assertThat(plan)
                .contains("using price_candle_pkey")
                .doesNotContain("Seq Scan on price_candle")
                .doesNotContainPattern("actual rows=\\d{4,}");
    }

    private static List<String> texts(Interval interval) {
        return all(interval).stream()
                .map(candle -> "%s %s %s %s %s %s"
                        .formatted(
                                candle.openedAt().toString().substring(11, 16),
                                candle.open(),
                                candle.high(),
                                candle.low(),
                                candle.close(),
                                candle.volumeQuote()))
                .toList();
    }

    private static List<CandleView> all(Interval interval) {
        return all(request(interval, Set.of("a", "b"), null, null, null, ""));
    }

    private static List<CandleView> all(CandleRequest request) {
        return new CandleListing(request, database.client())
                .part(request.paging())
                .blockOptional(ReadDatabase.PATIENCE)
                .orElseThrow()
                .rows();
    }

    private static Part<CandleView> part(Interval interval, Paging paging) {
        return new CandleListing(
                        new CandleRequest("bitcoin", interval, Set.of("a", "b"), null, null, null, paging),
                        database.client())
                .part(paging)
                .blockOptional(ReadDatabase.PATIENCE)
                .orElseThrow();
    }

    private static CandleRequest request(
            Interval interval,
            Set<String> sources,
            @Nullable Set<String> quotes,
            @Nullable Instant from,
            @Nullable Instant to,
            String cursor) {
        return new CandleRequest("bitcoin", interval, sources, quotes, from, to, new Paging(cursor, 1, ALL));
    }

    private static void ticks(
            String source, String id, String quote, int minute, String open, String high, String low, String close)
            throws Exception {
        Instant openedAt = DAY.plusSeconds(60L * minute);
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  from_bar, first_at, high_at, low_at, last_at)
                values ('%1$s', '%2$s', '%3$s', '1m', '%4$s', 'bitcoin', %5$s, %6$s, %7$s, %8$s, false, '%4$s', '%4$s', '%4$s',
                  '%4$s')
                on conflict do nothing""".formatted(source, id, quote, openedAt, open, high, low, close));
    }

    private static void bar(
            String interval, int minute, String open, String high, String low, String close, String volume)
            throws Exception {
        Instant openedAt = DAY.plusSeconds(60L * minute);
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  volume_quote, from_bar, last_at)
                values ('a', 'btc', 'USD', '%s', '%s', 'bitcoin', %s, %s, %s, %s, %s, true, '%s')""".formatted(interval, openedAt, open, high, low, close, volume, openedAt));
    }
}
