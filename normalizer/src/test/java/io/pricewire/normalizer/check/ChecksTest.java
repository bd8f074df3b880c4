package io.pricewire.normalizer.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.check.Checks.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

class ChecksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Two observations of each of three assets, and the latest ones. */
    @BeforeEach
    void fill() {
        database.query("select relname::text as name from pg_class where relkind = 'r'"
                        + " and relname ~ '^(price_history|raw_observation)_'")
                .forEach(table -> database.execute("drop table " + table.get("name")));
        database.execute(
                "truncate asset, asset_alias, asset_alias_decision, price_latest, price_history, price_candle, price_reference,"
                        + " data_retention");
        database.execute(
                "select ensure_partitions('price_history', array[timestamptz '2026-11-01 00:00Z'], '1 month')");
        database.execute(
                "select ensure_partitions('raw_observation', array[timestamptz '2026-11-21 00:00Z'], '1 day')");
        database.execute("insert into asset select 'asset-' || n, 'A', 'A', now() from generate_series(1, 3) n");
        database.execute("insert into asset_alias select 'coingecko', 'id-' || n, 'asset-' || n, 'a', 'A', 'own', '{}',"
                + " 'pricewire', now() from generate_series(1, 3) n");
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, price)
                select 'coingecko', 'id-' || n, 'USD', 'tick', timestamptz '2026-11-20 23:00Z' + hour * interval '1 hour', false,
                  'asset-' || n, timestamptz '2026-11-21 02:00Z', gen_random_uuid(), gen_random_uuid(), 'live', n
                from generate_series(1, 3) n, generate_series(1, 2) hour""");
        database.execute("""
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                select source, source_asset_id, quote, asset_id, 'a', 'A', interval, observed_at, false, ingested_at, event_id,
                  run_id, origin, interval '1 hour', price
                from price_history where observed_at = '2026-11-21 01:00Z'""");
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  from_bar, last_at)
                select 'coingecko', 'id-' || n, 'USD', '1d', timestamptz '2026-11-20 00:00Z' - day * interval '1 day', 'asset-' || n,
                  2, 4, 1, 3, true, timestamptz '2026-11-20 23:59Z'
                from generate_series(1, 3) n, generate_series(0, 61) day""");
        database.execute("""
                insert into price_reference (asset_id, quote, symbol, name, price, status, used, excluded, unconfirmed,
                  observed_at, computed_at, confirmed_price, confirmed_at, partition)
                select 'asset-' || n, 'USD', '', '', 1, 'ok', '[]', '[]', false, now(), now(), 1, now(), 0
                from generate_series(1, 3) n""");
    }

    @Test
    void passWhereAllIsAsItIsWritten() {
        assertThat(make())
                .hasSize(Check.values().length)
                .allSatisfy(outcome ->
                        assertThat(outcome.examples()).as(outcome.name()).isEmpty());
    }

    @Test
    void passWhereNothingIsStored() {
        database.execute("truncate asset, asset_alias, price_latest, price_history, price_candle, price_reference");

        assertThat(make()).allMatch(Outcome::isGood);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            latest_is_newest | update price_latest set event_id = gen_random_uuid() where source_asset_id = 'id-2' | coingecko id-2 USD: the latest is of 2026-11-21 01:00:00+00, and the history has other values of that time
            latest_is_newest | update price_latest set observed_at = '2026-11-21 00:00Z' where source_asset_id = 'id-2' | coingecko id-2 USD: the latest is of 2026-11-21 00:00:00+00, and the history has one of 2026-11-21 01:00:00+00
            latest_is_newest | delete from price_history where source_asset_id = 'id-2' and observed_at = '2026-11-21 01:00Z' | coingecko id-2 USD: the latest is of 2026-11-21 01:00:00+00, and the history has not got it
            candle_bounds | update price_candle set low = 2.5 where source_asset_id = 'id-2' and opened_at = '2026-11-20 00:00Z' | coingecko id-2 USD 1d 2026-11-20 00:00:00+00: open 2, high 4, low 2.5, close 3
            candle_bounds | update price_candle set low = 3.5, open = 3.5 where source_asset_id = 'id-2' and opened_at = '2026-11-20 00:00Z' | coingecko id-2 USD 1d 2026-11-20 00:00:00+00: open 3.5, high 4, low 3.5, close 3
            candle_bounds | update price_candle set high = 1.5 where source_asset_id = 'id-2' and opened_at = '2026-11-20 00:00Z' | coingecko id-2 USD 1d 2026-11-20 00:00:00+00: open 2, high 1.5, low 1, close 3
            candle_bounds | update price_candle set high = 2.5 where source_asset_id = 'id-2' and opened_at = '2026-11-20 00:00Z' | coingecko id-2 USD 1d 2026-11-20 00:00:00+00: open 2, high 2.5, low 1, close 3
            aliases_have_assets | alter table asset_alias drop constraint asset_alias_asset_id_fkey; alter table price_latest drop constraint price_latest_asset_id_fkey; delete from asset where asset_id = 'asset-3' | coingecko id-3: there is no asset asset-3
            latest_have_aliases | update asset_alias set asset_id = 'asset-1' where source_asset_id = 'id-2' | coingecko id-2 USD: stored of asset-2, and its alias says asset-1
            latest_have_aliases | delete from asset_alias where source_asset_id = 'id-1' | coingecko id-1 USD: stored of asset-1, and its alias is missing
            history_has_aliases | delete from asset_alias where source_asset_id = 'id-3' | coingecko id-3: there is no alias
            history_has_aliases | update asset_alias set asset_id = 'asset-1' where source_asset_id = 'id-2' | coingecko id-2: stored of asset-2, and its alias says asset-1
            history_has_aliases | update price_history set asset_id = 'asset-1' where source_asset_id = 'id-3' | coingecko id-3: stored of asset-1, and its alias says asset-3
            prices_have_assets | update price_reference set asset_id = 'nothing' where asset_id = 'asset-2' | the reference price in USD: there is no asset nothing
            prices_have_assets | update price_candle set asset_id = 'nothing' where source_asset_id = 'id-2' | candles of coingecko id-2: there is no asset nothing
            partitions | create table price_history_default partition of price_history default | price_history_default is a default partition of price_history
            partitions | alter table price_history detach partition price_history_2026_11 | price_history_2026_11 is not in its table
            partitions | update pg_inherits set inhdetachpending = true where inhrelid = 'price_history_2026_11'::regclass | price_history_2026_11 is half taken out of its table
            partitions | alter table price_history_2026_11 rename to price_history_2026_10 | price_history_2026_10 has the rows of 2026-11-01 00:00:00+00 to 2026-12-01 00:00:00+00
            partitions | drop table raw_observation_2026_11_21 | raw_observation has no partition for 2026-11-21 02:00:00+00
            events_are_stored_once | update price_history set event_id = '11111111-1111-4111-8111-111111111111' where source_asset_id = 'id-1' | 11111111-1111-4111-8111-111111111111 is stored 2 times
            """)
    void tellWhatIsBroken(String check, String breaking, String example) {
        for (String statement : breaking.split("; ", -1)) {
            database.execute(statement);
        }
        try {
            assertThat(Stream.of(make(), makeOfLately()))
                    .allSatisfy(outcomes -> assertThat(outcomes)
                            .filteredOn(outcome -> outcome.name().equals(check))
                            .singleElement()
                            .satisfies(outcome -> assertThat(outcome.examples()).contains(example)));
        } finally {
            database.execute("insert into asset values ('asset-3', 'A', 'A', now()) on conflict do nothing");
        }
    }

    @Test
    void lookOnlyAtWhatIsOfLatelyWhereTheyHaveALimit() {
        database.execute("update price_candle set high = 1 where opened_at < '2026-09-22 00:00Z'");
        database.execute(
                "update price_history set asset_id = 'asset-1', event_id = '11111111-1111-4111-8111-111111111111',"
                        + " ingested_at = timestamptz '2026-11-20 20:00Z' where observed_at < '2026-11-21 01:00Z'");

        assertThat(makeOfLately()).allMatch(Outcome::isGood);
        assertThat(make())
                .filteredOn(outcome -> !outcome.isGood())
                .extracting(Outcome::name)
                .containsExactly("candle_bounds", "history_has_aliases", "events_are_stored_once");
    }

    /** However much there is. */
    @Test
    void findWhatIsOfLatelyByIndexes() {
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, price)
                select 'coingecko', 'id-1', 'USD', 'tick', timestamptz '2026-11-01 00:00Z' + n * interval '30 seconds', false,
                  'asset-1', timestamptz '2026-11-01 00:00Z' + n * interval '30 seconds', gen_random_uuid(), gen_random_uuid(),
                  'live', 1
                from generate_series(1, 50000) n""");
        database.execute("""
                insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
                  from_bar, last_at)
                select 'coingecko', 'id-1', 'USD', '1m', timestamptz '2026-09-01 00:00Z' + n * interval '1 minute', 'asset-1',
                  1, 1, 1, 1, true, now()
                from generate_series(1, 50000) n""");
        database.execute("analyze price_history, price_candle, price_latest");

        assertThat(plan(Check.EVENTS_ARE_STORED_ONCE)).contains("_ingested_at_idx");
        assertThat(Stream.of(Check.values()).map(ChecksTest::plan))
                .allSatisfy(plan ->
                        assertThat(plan).doesNotContain("Seq Scan on price_history", "Seq Scan on price_candle"));
    }

    @Test
    void tellNothingWhereTheTablesAreMissing() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TestDatabase other = new TestDatabase()) {
            other.execute("drop schema public cascade");
            other.execute("create schema public");
            Checks checks = new Checks(other.client(), other.transaction(), Duration.ofSeconds(30));

            new CheckMeters(checks, registry).round().block(PATIENCE);

            assertThat(checks.hasTables().block(PATIENCE)).isFalse();
            assertThat(checks.make().collectList().block(PATIENCE))
                    .hasSize(Check.values().length)
                    .noneMatch(Outcome::isTold)
                    .first()
                    .satisfies(outcome ->
                            assertThat(outcome.examples()).containsExactly("there is no table price_latest"));
        }
        assertThat(registry.get("pricewire.storage.check.failures").gauges())
                .hasSize(Check.values().length)
                .allSatisfy(gauge -> assertThat(gauge.value()).isEqualTo(-1));
    }

    @Test
    void passWhereTheLatestHasLeftTheHistoryBecauseOfItsAge() {
        database.execute("select expire_partition('price_history', 'price_history_2026_11')");

        assertThat(make()).allMatch(Outcome::isGood);
    }

    @Test
    void passWhereAnEarlierFetchOfTheLatestHasComeBackAfterItsTimeHasExpired() {
        database.execute("update price_history set ingested_at = '2026-11-21 01:30Z', event_id = gen_random_uuid()"
                + " where observed_at = '2026-11-21 01:00Z'");
        database.execute("insert into data_retention values ('price_history', '2026-12-01 00:00Z', now())");

        assertThat(make()).allMatch(Outcome::isGood);
    }

    @Test
    void tellOfALatestThatIsOlderThanWhatHasComeBackAfterItsTimeHasExpired() {
        database.execute("update price_history set ingested_at = '2026-11-21 02:30Z' where source_asset_id = 'id-2'"
                + " and observed_at = '2026-11-21 01:00Z'");
        database.execute("insert into data_retention values ('price_history', '2026-12-01 00:00Z', now())");

        assertThat(make().stream().filter(outcome -> !outcome.isGood()))
                .extracting(Outcome::name)
                .containsExactly("latest_is_newest");
    }

    @Test
    void passWhereAllThatThereIsWasFetchedLongBeforeAFileOfItWasRead() {
        database.execute("update price_history set ingested_at = '2013-04-30 00:00Z', origin = 'file'");
        database.execute("update price_latest set ingested_at = '2013-04-30 00:00Z', origin = 'file'");

        assertThat(make()).allMatch(Outcome::isGood);
    }

    @Test
    void passWhileAMoveIsStillToBeMade() {
        database.execute("update asset_alias set asset_id = 'asset-1' where source_asset_id = 'id-2'");
        database.execute(
                "insert into asset_alias_decision values ('coingecko', 'id-2', now(), gen_random_uuid(), 'asset-2',"
                        + " 'asset-1', 'decided', 'operator', '{}', 'me', null)");

        assertThat(make()).allMatch(Outcome::isGood);
    }

    @Test
    void showNoMoreThanElevenExamples() {
        database.execute("""
                insert into price_history (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id,
                  ingested_at, event_id, run_id, origin, price)
                select 'nobody', 'id-' || n, 'USD', 'tick', timestamptz '2026-11-21 00:00Z', false, 'asset-1', now(),
                  gen_random_uuid(), gen_random_uuid(), 'live', n
                from generate_series(1, 12) n""");

        assertThat(make().stream().filter(outcome -> outcome.name().equals("history_has_aliases")))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.examples()).hasSize(Checks.MOST_EXAMPLES + 1));
    }

    @Test
    void endInTimeAndSaySoWhereTheyCannotTell() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CheckMeters meters = new CheckMeters(
                new Checks(database.client(), database.transaction(), Duration.ofMillis(200)), registry);

        database.client()
                .inConnection(connection -> Mono.from(connection.beginTransaction())
                        .thenMany(connection
                                .createStatement("lock table price_latest in access exclusive mode")
                                .execute())
                        .flatMap(result -> result.getRowsUpdated())
                        .then(Mono.defer(meters::round))
                        .then(Mono.from(connection.rollbackTransaction())))
                .block(PATIENCE);

        assertThat(failures(registry, "latest_is_newest")).isEqualTo(-1);
        assertThat(failures(registry, "candle_bounds")).isZero();
    }

    @Test
    void saySoWhereTheyFail() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CheckMeters meters = new CheckMeters(
                new Checks(database.client(), database.transaction(), Duration.ofSeconds(30)), registry);
        meters.round().block(PATIENCE);
        database.execute("alter table price_candle rename column high to highest");
        try {
            meters.round().block(PATIENCE);

            assertThat(failures(registry, "candle_bounds")).isEqualTo(-1);
            assertThat(failures(registry, "events_are_stored_once")).isZero();
            assertThat(make().stream().filter(outcome -> !outcome.isTold()))
                    .singleElement()
                    .satisfies(
                            outcome -> assertThat(outcome.examples().getFirst()).startsWith("42703: "));
        } finally {
            database.execute("alter table price_candle rename column highest to high");
        }
    }

    @Test
    void areLeftToTheInstanceThatMakesThem() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CheckMeters meters = new CheckMeters(
                new Checks(database.client(), database.transaction(), Duration.ofSeconds(30)), registry);
        meters.round().block(PATIENCE);

        database.client()
                .sql("select pg_advisory_xact_lock(hashtext('pricewire.check'))")
                .then()
                .then(Mono.defer(() -> meters.round().contextWrite(context -> Context.empty())))
                .as(database.transaction()::transactional)
                .block(PATIENCE);

        assertThat(registry.find("pricewire.storage.check.failures").gauges())
                .as("what was true before says nothing of now")
                .isEmpty();
    }

    @Test
    void areMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        database.execute("update price_latest set event_id = gen_random_uuid()");

        new CheckMeters(new Checks(database.client(), database.transaction(), Duration.ofSeconds(30)), registry)
                .round()
                .block(PATIENCE);

        assertThat(failures(registry, "latest_is_newest")).isEqualTo(3);
        assertThat(failures(registry, "events_are_stored_once")).isZero();
    }

    private static double failures(SimpleMeterRegistry registry, String check) {
        return registry.get("pricewire.storage.check.failures")
                .tag("check", check)
                .gauge()
                .value();
    }

    private static String plan(Check check) {
        return database.query("explain " + check.sqlOfLately()).toString();
    }

    private static List<Outcome> make() {
        return make(Duration.ZERO);
    }

    private static List<Outcome> makeOfLately() {
        return make(Duration.ofSeconds(30));
    }

    private static List<Outcome> make(Duration limit) {
        return new Checks(database.client(), database.transaction(), limit)
                .make()
                .collectList()
                .block(PATIENCE);
    }
}
