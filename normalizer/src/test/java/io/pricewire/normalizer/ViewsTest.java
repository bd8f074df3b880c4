package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The views that analysts read. */
class ViewsTest {

    private static final String ROWS = """
            insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now());
            insert into price_candle (source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, close,
              volume_base, volume_quote, from_bar, first_at, high_at, low_at, last_at)
            values
              ('live', 'btc', 'USD', '1m', '2026-11-21 07:00Z', 'bitcoin', 10, 12, 9, 11, null, null, false, now(), now(), now(),
                '2026-11-21 07:00:50Z'),
              ('live', 'btc', 'USD', '1m', '2026-11-21 07:59Z', 'bitcoin', 11, 15, 11, 14.50, null, null, false, now(), now(),
                now(), '2026-11-21 07:59:50Z'),
              ('live', 'btc', 'USD', '5m', '2026-11-21 07:00Z', 'bitcoin', 1, 99, 1, 2, null, null, true, null, null, null,
                '2026-11-21 07:04:50Z'),
              ('live', 'btc', 'USD', '1h', '2026-11-21 08:00Z', 'bitcoin', 8, 9, 6, 7, 5, 35, true, null, null, null,
                '2026-11-21 08:59:59.999Z'),
              ('live', 'btc', 'USD', '1m', '2026-11-21 08:01Z', 'bitcoin', 1, 1, 1, 1, null, null, false, now(), now(), now(),
                '2026-11-21 08:01:50Z'),
              ('long', 'btc', 'USD', '4h', '2026-11-22 04:00Z', 'bitcoin', 2, 4, 1, 3, null, 10, true, null, null, null,
                '2026-11-22 07:59:59Z'),
              ('long', 'btc', 'USD', '4h', '2026-11-22 08:00Z', 'bitcoin', 3, 5, 3, 5, null, 20, true, null, null, null,
                '2026-11-22 11:59:59Z'),
              ('csv', 'btc', 'USD', '1d', '2026-11-20 00:00Z', 'bitcoin', 5, 6, 4, 5.5, null, 100, true, null, null, null,
                '2026-11-20 23:59:59Z'),
              ('csv', 'btc', 'USD', '1m', '2026-11-20 07:00Z', 'bitcoin', 1, 1, 1, 1, null, null, false, now(), now(), now(),
                '2026-11-20 07:00:50Z');
            insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
              observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price, market_cap)
            select 'live', 'id-' || n, 'USD', 'bitcoin', 'btc', 'Bitcoin', 'tick', now() - n * interval '40 minutes', false, now(),
              gen_random_uuid(), gen_random_uuid(), 'live', interval '1 hour', 1, case when n < 3 then n end
            from generate_series(1, 3) n;""";

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = new TestDatabase();
        for (String statement : ROWS.split(";\n", -1)) {
            database.execute(statement);
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void makeAnHourOfTheLongestCandlesInItAndTakeTheSourcesOwnBarBeforeThem() {
        assertThat(rows(
                        "select extract(hour from hour at time zone 'UTC')::int as hour, symbol, open, high, low, close,"
                                + " volume_base, from_bar from mart_hourly where source = 'live' order by 1"))
                .containsExactly("7 BTC 1 99 1 14.50 null false", "8 BTC 8 9 6 7 5 true");
    }

    @Test
    void makeADayOfTheLongestCandlesInItAndTakeTheSourcesOwnBarBeforeThem() {
        assertThat(rows("select day, source, open, high, low, close, from_bar from mart_daily order by 1"))
                .containsExactly(
                        "2026-11-20 csv 5 6 4 5.5 true",
                        "2026-11-21 live 1 99 1 7 false",
                        "2026-11-22 long 2 5 1 5 false");
    }

    @Test
    void leaveAVolumeUnknownThatIsNotKnownOfAllOfTheDay() {
        assertThat(rows("select volume_quote from mart_daily order by day")).containsExactly("100", "null", "30");
    }

    @Test
    void tellWhichPartOfTheMarketAnAssetIsAndWhetherItsPriceIsStale() {
        assertThat(rows("select source_asset_id, market_cap, market_share_pct, is_stale from mart_market order by 1"))
                .containsExactly("id-1 1 33.333333 false", "id-2 2 66.666667 true", "id-3 null null true");
    }

    private static List<String> rows(String sql) {
        return database.query(sql).stream()
                .map(Map::values)
                .map(values ->
                        String.join(" ", values.stream().map(String::valueOf).toList()))
                .toList();
    }
}
