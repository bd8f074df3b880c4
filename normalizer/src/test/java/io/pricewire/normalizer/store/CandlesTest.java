package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What observations make of candles, on a real database. */
class CandlesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant MINUTE = Observed.TIME;
    private static final Instant LAST_OF_DAY = Instant.parse("2026-11-20T23:59:59.999Z");

    private static final String CANDLES = "select source_asset_id, quote, interval, opened_at, open, high, low, close,"
            + " volume_base, volume_quote, from_bar, first_at, high_at, low_at, last_at, ingested_at, event_id"
            + " from price_candle order by source_asset_id, quote, interval, opened_at";

    /** Candles as they follow from all of the history at once, in another way. */
    private static final String DIFFERENCES = """
            with bars as (
              select distinct on (source, source_asset_id, quote, interval, opened_at)
                source, source_asset_id, quote, interval, candle_opened_at(interval, observed_at, true) as opened_at, asset_id,
                open, high, low, price, volume_base, volume_quote, true as from_bar, null::timestamptz, null::timestamptz,
                null::timestamptz, observed_at, ingested_at, event_id
              from price_history where interval <> 'tick'
              order by source, source_asset_id, quote, interval, opened_at, observed_at desc),
            ticks as (
              select source, source_asset_id, quote, '1m', date_trunc('minute', observed_at) as opened_at, max(asset_id),
                (array_agg(price order by observed_at))[1], max(price), min(price),
                (array_agg(price order by observed_at desc))[1], null::numeric, null::numeric, false, min(observed_at),
                (array_agg(observed_at order by price desc, observed_at))[1],
                (array_agg(observed_at order by price, observed_at))[1], max(observed_at), null::timestamptz, null::uuid
              from price_history where interval = 'tick' group by source, source_asset_id, quote, opened_at),
            wanted as (
              select distinct on (source, source_asset_id, quote, interval, opened_at) *
              from (select * from bars union all select * from ticks) b
              order by source, source_asset_id, quote, interval, opened_at, from_bar desc)
            (select 'too much', c.* from price_candle c except all select 'too much', * from wanted)
            union all
            (select 'missing', w.* from wanted w except all select 'missing', * from price_candle)""";

    /** Hours and days as they follow from all of the history: the bar of the day, else the bar of each minute, else its ticks. */
    private static final String COARSER_DIFFERENCES = """
            with observed as (
              select interval <> 'tick' as is_bar, replace(interval, 'tick', '1m') as length, observed_at,
                candle_opened_at(replace(interval, 'tick', '1m'), observed_at, interval <> 'tick') as opened_at,
                coalesce(open, price) as open, coalesce(high, price) as high, coalesce(low, price) as low, price as close
              from price_history),
            counted as (
              select *, bool_or(is_bar) over (partition by length, opened_at) as has_bar from observed),
            minutes as (
              select * from counted where length = '1m' and is_bar = has_bar),
            parts as (
              select 'day' as length, date_trunc('day', opened_at, 'UTC') as opened_at, false as is_bar, observed_at, open, high,
                low, close
              from minutes
              union all
              select 'day', opened_at, true, observed_at, open, high, low, close from observed where length = '1d'),
            days as (
              select *, bool_or(is_bar) over (partition by opened_at) as has_bar from parts),
            within (length, opened_at, observed_at, open, high, low, close) as (
              select 'hour', date_trunc('hour', opened_at, 'UTC'), observed_at, open, high, low, close from minutes
              union all
              select length, opened_at, observed_at, open, high, low, close from days where is_bar = has_bar),
            wanted as (
              select length, opened_at, (array_agg(open order by observed_at))[1], max(high), min(low),
                (array_agg(close order by observed_at desc))[1]
              from within group by length, opened_at),
            found as (
              select 'hour', hour, open, high, low, close from mart_hourly
              union all
              select 'day', day::timestamp at time zone 'UTC', open, high, low, close from mart_daily)
            (select 'too much', * from (table found except all table wanted) f)
            union all
            (select 'missing', * from (table wanted except all table found) w)""";

    private static final Comparator<StoredObservation> BY_AGE =
            Comparator.comparing(StoredObservation::observation, Observation.BY_AGE);

    /** Longer bars than of a minute, in minutes. */
    private static final Map<String, Integer> LONGER =
            new TreeMap<>(Map.of("5m", 5, "15m", 15, "30m", 30, "1h", 60, "4h", 240, "1d", 1_440));

    private static TestDatabase database;

    private PriceStore store;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute("truncate asset, asset_alias, price_latest, price_history, price_candle, raw_observation");
        database.execute("insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now())");
        store = new PriceStore(database.client(), true, new CandleSettings(true));
    }

    @Test
    void areMadeOfTheTicksOfAMinute() {
        write(tick("3", 10), tick("5", 20), tick("1", 30), tick("2", 59.999999), tick("9", 60));

        assertThat(prices()).containsExactly("1m 07:00 3 5 1 2 ticks", "1m 07:01 9 9 9 9 ticks");
        assertThat(database.query("select volume_base, volume_quote from price_candle limit 1"))
                .allSatisfy(row -> assertThat(row.values()).containsOnlyNulls());
    }

    @Test
    void takeInWhatComesLater() {
        write(tick("3", 20), tick("4", 30));
        write(tick("5", 10), tick("1", 40));
        write(tick("2", 25));

        assertThat(prices()).containsExactly("1m 07:00 5 5 1 1 ticks");
    }

    @Test
    void stayWhenTheSameComesAgain() {
        PriceObserved.Builder[] ticks = {tick("3", 10), tick("5", 20), tick("2", 30)};
        write(ticks);
        List<Map<String, Object>> before = database.query(CANDLES);

        write(ticks);
        write(ticks[1].setIngestedAt(Observed.timestamp(MINUTE.plusSeconds(100))));

        assertThat(database.query(CANDLES)).isEqualTo(before);
    }

    @Test
    void followACorrectionDownwards() {
        write(tick("3", 10), tick("9", 20), tick("4", 30));
        write(corrected(tick("5", 20), 1));
        assertThat(prices()).containsExactly("1m 07:00 3 5 3 4 ticks");

        write(corrected(tick("1", 20), 2));
        assertThat(prices()).containsExactly("1m 07:00 3 4 1 4 ticks");

        write(corrected(tick("3.5", 20), 3));
        assertThat(prices()).containsExactly("1m 07:00 3 4 3 4 ticks");
    }

    @Test
    void followACorrectionOfTheFirstAndTheLast() {
        write(tick("3", 10), tick("9", 20), tick("4", 30));
        write(corrected(tick("2", 10), 1), corrected(tick("5", 30), 1));

        assertThat(prices()).containsExactly("1m 07:00 2 9 2 5 ticks");
    }

    @Test
    void disregardAnEarlierFetchThatComesLate() {
        write(corrected(tick("5", 10), 1));
        write(tick("9", 10));

        assertThat(prices()).containsExactly("1m 07:00 5 5 5 5 ticks");
    }

    @Test
    void areMadeOfABarAndOfNoTick() {
        write(bar("1d", LAST_OF_DAY, "2", "9", "1", "5"));

        assertThat(prices()).containsExactly("1d 00:00 2 9 1 5 bar");
        assertThat(database.query("select opened_at from price_candle"))
                .extracting(row -> row.get("opened_at").toString())
                .containsExactly("2026-11-20T00:00Z");
    }

    @Test
    void openWhereABarOpensThatEndsAsTheNextBegins() {
        write(bar("1h", MINUTE, "1", "1", "1", "1"), bar("1m", MINUTE.minusMillis(1), "2", "2", "2", "2"));

        assertThat(prices()).containsExactly("1h 06:00 1 1 1 1 bar", "1m 06:59 2 2 2 2 bar");
    }

    @Test
    void leaveUnknownWhatABarDoesNotSay() {
        PriceObserved.Builder observed = tick("5", 0).setInterval("1d");
        write(observed);

        assertThat(prices()).containsExactly("1d 00:00 null null null 5 bar");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areTheSourcesOwnBarsWhereThereAreAny(boolean barFirst) {
        PriceObserved.Builder bar = bar("1m", MINUTE.plusMillis(59_999), "2", "9", "1", "5");
        write(barFirst ? bar : tick("3", 10));
        write(barFirst ? tick("3", 10) : bar);
        write(tick("100", 20), bar);

        assertThat(prices()).containsExactly("1m 07:00 2 9 1 5 bar");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takeTheLaterOfTwoBars(boolean laterFirst) {
        PriceObserved.Builder running = bar("1d", LAST_OF_DAY.minusSeconds(7), "2", "3", "2", "3");
        PriceObserved.Builder whole = bar("1d", LAST_OF_DAY, "2", "9", "1", "5");
        write(laterFirst ? whole : running);
        write(laterFirst ? running : whole);

        assertThat(prices()).containsExactly("1d 00:00 2 9 1 5 bar");
    }

    @Test
    void areMadeOfBarsOnlyWhereTicksAreSwitchedOff() {
        store = new PriceStore(database.client(), true, new CandleSettings(false));

        write(tick("3", 10), bar("1m", MINUTE.plusMillis(59_999), "2", "9", "1", "5"));
        write(tick("4", 70));

        assertThat(prices()).containsExactly("1m 07:00 2 9 1 5 bar");
    }

    @Test
    void keepTheHighestAndTheLowestOfAMinuteWhoseHistoryHasExpired() {
        write(tick("4", 10), tick("9", 20), tick("1", 25), tick("5", 50));
        expireHistory();

        write(tick("3", 5), tick("6", 55));
        assertThat(prices()).containsExactly("1m 07:00 3 9 1 6 ticks");

        write(tick("10", 7), tick("0.5", 8));
        assertThat(prices()).containsExactly("1m 07:00 3 10 0.5 6 ticks");
    }

    @Test
    void followACorrectionOfWhatCameAfterTheHistoryHasExpired() {
        write(tick("4", 10), tick("9", 20));
        expireHistory();

        write(tick("12", 30), tick("5", 40));
        write(corrected(tick("11", 30), 1));
        assertThat(prices()).containsExactly("1m 07:00 4 11 4 5 ticks");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void endUpWithTheSameExtremesInWhateverOrderTicksArriveAfterTheHistoryHasExpired(long seed) {
        write(tick("4", 10), tick("9", 20), tick("1", 25));
        expireHistory();
        List<PriceObserved.Builder> late = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            late.add(tick(String.valueOf(2 + second % 7), second * 6 + 3));
        }
        Collections.shuffle(late, new Random(seed));

        for (int i = 0; i < late.size(); i += 2) {
            write(late.get(i), late.get(i + 1));
        }

        assertThat(prices()).containsExactly("1m 07:00 2 9 1 4 ticks");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void areTheSameInWhateverOrderAndBatchesObservationsArrive(long seed) {
        Random random = new Random(seed);
        List<StoredObservation> observed = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            oneAsset("case-" + i, random).forEach(each -> observed.add(decided(each)));
        }
        List<StoredObservation> inOrder = observed.stream().sorted(BY_AGE).toList();
        Flux.fromIterable(inOrder).buffer(97).concatMap(this::stored).blockLast(PATIENCE);
        List<Map<String, Object>> expected = database.query(CANDLES);
        empty();

        observed.addAll(List.copyOf(observed.subList(0, observed.size() / 3)));
        Collections.shuffle(observed, random);
        int atATime = 1 + (int) (seed % 3);
        Flux.fromIterable(split(observed, random))
                .flatMap(this::stored, atATime)
                .blockLast(PATIENCE);

        assertThat(database.query(CANDLES)).isEqualTo(expected).hasSizeGreaterThan(100);
        assertThat(database.query(DIFFERENCES)).isEmpty();
    }

    @Test
    @Tag("full")
    void areTheSameForTenYearsOfDaysAndAMonthOfMinutesInRandomOrder() {
        Random random = new Random(10);
        List<StoredObservation> observed = new ArrayList<>();
        for (int day = 0; day < 3_650; day++) {
            String close = String.valueOf(2 + random.nextInt(1_000));
            observed.add(decided(bar("1d", LAST_OF_DAY.plus(Duration.ofDays(10 - day)), "2", "2000", "1", close)));
        }
        for (int minute = 0; minute < 30 * 1_440; minute++) {
            // Ticks, a bar, or both: of which the bar counts.
            int kind = random.nextInt(3);
            if (kind > 0) {
                String price = String.valueOf(1 + random.nextInt(1_000));
                observed.add(decided(tick(price, minute * 60 + random.nextInt(60))));
            }
            if (kind < 2) {
                observed.add(decided(bar(random, minute)));
            }
        }
        List<StoredObservation> inOrder = observed.stream().sorted(BY_AGE).toList();
        Flux.fromIterable(inOrder).buffer(5_000).concatMap(this::stored).blockLast(PATIENCE);
        List<Map<String, Object>> expected = database.query(CANDLES);
        empty();

        Collections.shuffle(observed, random);
        Flux.fromIterable(observed).buffer(5_000).flatMap(this::stored, 2).blockLast(PATIENCE);
        database.execute("analyze price_history, price_candle");

        assertThat(database.query(CANDLES)).isEqualTo(expected).hasSize(3_650 + 30 * 1_440);
        assertThat(database.query(DIFFERENCES)).isEmpty();
        assertThat(database.query("select 1 from mart_hourly")).hasSizeGreaterThanOrEqualTo(30 * 24);
        assertThat(database.query("select 1 from mart_daily")).hasSizeGreaterThan(3_650);
        assertThat(database.query(COARSER_DIFFERENCES)).isEmpty();
    }

    @Test
    void areTheSameWhenManyWriteTheSameMinuteAtOnce() {
        Random random = new Random(7);
        for (int round = 0; round < 8; round++) {
            List<List<StoredObservation>> batches = new ArrayList<>();
            for (int batch = 0; batch < 12; batch++) {
                batches.add(List.of(
                        decided(corrected(tick(random, "shared"), random.nextInt(9))),
                        decided(corrected(tick(random, "shared"), random.nextInt(9)))));
            }
            Flux.fromIterable(batches).flatMap(this::stored, 4).blockLast(PATIENCE);

            assertThat(database.query(DIFFERENCES)).isEmpty();
        }
    }

    @Test
    void areTheSameWhenABatchIsHalvedForARowAtFault() {
        database.execute("alter table price_history add constraint refused check (price <> 13)");
        try {
            write(tick("3", 10), tick("13", 20), tick("5", 30), tick("1", 40), tick("13", 50));

            assertThat(prices()).containsExactly("1m 07:00 3 5 1 1 ticks");
        } finally {
            database.execute("alter table price_history drop constraint refused");
        }
    }

    @Test
    void areMadeOfPricesThatAreNoObservations() {
        Candles candles = new Candles(database.client());
        List<Candles.Tick> ticks = List.of(reference("3", 10), reference("7", 20), reference("5", 30));

        candles.merge(ticks).block(PATIENCE);
        candles.merge(ticks).block(PATIENCE);
        candles.merge(List.of(reference("2", 5), reference("4", 60))).block(PATIENCE);

        assertThat(prices()).containsExactly("1m 07:00 2 7 2 5 ticks", "1m 07:01 4 4 4 4 ticks");
        assertThat(database.query("select distinct source, source_asset_id, asset_id from price_candle"))
                .isEqualTo(List.of(Map.of("source", "reference", "source_asset_id", "bitcoin", "asset_id", "bitcoin")));
    }

    private static PriceObserved.Builder bar(Random random, int minute) {
        int open = 1 + random.nextInt(1_000);
        int close = 1 + random.nextInt(1_000);
        return bar(
                "1m",
                MINUTE.plusSeconds(60L * minute).plusMillis(59_999),
                String.valueOf(open),
                String.valueOf(Math.max(open, close) + random.nextInt(10)),
                String.valueOf(Math.min(open, close)),
                String.valueOf(close));
    }

    /** What may be observed of an asset within some minutes: ticks and bars, each with corrections. */
    private static List<PriceObserved.Builder> oneAsset(String id, Random random) {
        List<PriceObserved.Builder> observed = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            for (int fetch = random.nextInt(3); fetch >= 0; fetch--) {
                observed.add(corrected(tick(random, id), fetch));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Instant end = MINUTE.plusSeconds(60L * random.nextInt(4)).minusMillis(random.nextInt(2));
            String close = String.valueOf(1 + random.nextInt(5));
            observed.add(corrected(bar("1m", end, close, "9", "1", close), random.nextInt(3))
                    .setSourceAssetId(id));
        }
        for (Map.Entry<String, Integer> length : LONGER.entrySet()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                observed.add(corrected(longer(random, length.getKey(), length.getValue()), random.nextInt(3))
                        .setSourceAssetId(id));
            }
        }
        return observed;
    }

    /** A bar of this hour, or of the next stretch of its length: whole, ending as the next begins, or still running. */
    private static PriceObserved.Builder longer(Random random, String interval, int minutes) {
        Duration length = Duration.ofMinutes(minutes);
        long before = MINUTE.getEpochSecond() / length.toSeconds();
        Instant end = Instant.EPOCH.plus(length.multipliedBy(before + 1 + random.nextInt(2)));
        String close = String.valueOf(1 + random.nextInt(5));
        return bar(interval, end.minusMillis(random.nextInt(3) * 30L), close, "9", "1", close);
    }

    private static PriceObserved.Builder tick(Random random, String id) {
        return tick(String.valueOf(1 + random.nextInt(6)), random.nextInt(150)).setSourceAssetId(id);
    }

    private static List<List<StoredObservation>> split(List<StoredObservation> all, Random random) {
        List<List<StoredObservation>> batches = new ArrayList<>();
        for (int from = 0, to; from < all.size(); from = to) {
            to = Math.min(all.size(), from + 1 + random.nextInt(60));
            batches.add(all.subList(from, to));
        }
        return batches;
    }

    private static PriceObserved.Builder tick(String price, double second) {
        return Observed.at(price, MINUTE.plusNanos(Math.round(second * 1e9)));
    }

    private static PriceObserved.Builder bar(
            String interval, Instant end, String open, String high, String low, String close) {
        PriceObserved.Builder bar = Observed.at(close, end).setInterval(interval);
        bar.getFiguresBuilder()
                .setOpen(Observed.decimal(open))
                .setHigh(Observed.decimal(high))
                .setLow(Observed.decimal(low));
        return bar;
    }

    private static PriceObserved.Builder corrected(PriceObserved.Builder observed, int fetch) {
        return observed.setIngestedAt(Observed.timestamp(MINUTE.plusSeconds(3_600 + fetch)));
    }

    private static Candles.Tick reference(String price, int second) {
        return new Candles.Tick(
                "reference", "bitcoin", "bitcoin", "USD", MINUTE.plusSeconds(second), new BigDecimal(price));
    }

    private void write(PriceObserved.Builder... observed) {
        stored(Stream.of(observed).map(CandlesTest::decided).toList()).block(PATIENCE);
    }

    private static void expireHistory() {
        database.query("select partition from partitions('price_history')")
                .forEach(row -> database.execute(
                        "select expire_partition('price_history', '%s')".formatted(row.get("partition"))));
    }

    private Mono<Written> stored(List<StoredObservation> observed) {
        return store.write(WriteBatch.of(observed));
    }

    private static StoredObservation decided(PriceObserved.Builder observed) {
        return new StoredObservation(
                Candidate.of(Observed.event("test", observed)).toObservation(), "bitcoin");
    }

    /** {@code 1m 07:00 open high low close bar}. */
    private static List<String> prices() {
        return database
                .query("select concat_ws(' ', interval, to_char(opened_at at time zone 'UTC', 'HH24:MI'),"
                        + " coalesce(open::text, 'null'), coalesce(high::text, 'null'), coalesce(low::text, 'null'), close,"
                        + " case when from_bar then 'bar' else 'ticks' end) as candle"
                        + " from price_candle order by interval, opened_at")
                .stream()
                .map(row -> String.valueOf(row.get("candle")))
                .toList();
    }
}
