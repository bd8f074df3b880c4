package io.pricewire.normalizer.store;

/**
 * The part of a statement that keeps candles. It takes its rows from a part named {@code history}: what the history has
 * taken just now, each row of which is the one that counts of its key and time. After any number of statements, in
 * whatever order, repeated or at the same time, each candle is what the history makes of it:
 *
 * <ol>
 *   <li>Whoever changes a row of the history holds that row until it ends, and so the rows of one key and time come here
 *       one after the other, the later fetched after the earlier. Whoever changes a candle holds the candle until it
 *       ends, and what it does is reckoned from the candle as the one before has left it.
 *   <li>A bar counts before ticks; of two bars the later one, then the later fetched, then the larger event id: a maximum,
 *       for which order and repetition are nothing.
 *   <li>Times of ticks come, but never go. So the first and the last time are a minimum and a maximum, and their prices are
 *       those that came for these times most recently.
 *   <li>The highest tick (of equal ones the first) stays so as long as its own price does not fall: all others are lower,
 *       and new ones are compared with it. Only where new ticks may include its own time, and are not higher than it was,
 *       something else may be the highest now. Then it is looked up in the history, by a function which sees what has
 *       been committed until it is called, the candle being held already. A row that it cannot see is not committed;
 *       whoever writes that waits for the candle, and is compared with what was found. The lowest likewise.
 *   <li>A tick that counts is in the history until its month expires. Where the history has none at the time of the highest,
 *       that has expired, so nothing new can have lowered it: what was found beside it does not count.
 * </ol>
 *
 * <p>Candles that have no history, as those of the reference price, are never lowered.
 */
final class CandleStatement {

    /** What is needed of the rows of the history. */
    static final String TAKEN =
            "source, source_asset_id, quote, interval, observed_at, asset_id, ingested_at, event_id,"
                    + " price, open, high, low, volume_base, volume_quote";

    private static final String COLUMNS =
            "source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low,"
                    + " close, volume_base, volume_quote, from_bar, first_at, high_at, low_at, last_at, ingested_at, event_id";

    private static final String KEY = "source, source_asset_id, quote, interval, opened_at";

    private static final String BARS = """
            bars (%s) as materialized (
              select distinct on (source, source_asset_id, quote, interval, opened_at)
                source, source_asset_id, quote, interval, opened_at, asset_id, open, high, low, price, volume_base,
                volume_quote, true, null::timestamptz, null::timestamptz, null::timestamptz, observed_at, ingested_at,
                event_id
              from (
                select *, candle_opened_at(interval, observed_at, true) as opened_at from history where interval <> 'tick'
              ) h
              order by source, source_asset_id, quote, interval, opened_at, observed_at desc
            )""".formatted(COLUMNS);

    /** A time is there once, so that the least price of the first time is the price of the first time. */
    private static final String TICKS = """
            ticks (%s) as materialized (
              select source, source_asset_id, quote, '1m', opened_at, min(asset_id),
                min(price) filter (where observed_at = first_at), highest, lowest,
                min(price) filter (where observed_at = last_at), null::numeric, null::numeric, false, first_at,
                min(observed_at) filter (where price = highest), min(observed_at) filter (where price = lowest), last_at,
                null::timestamptz, null::uuid
              from (
                select *, min(observed_at) over minute as first_at, max(observed_at) over minute as last_at,
                  max(price) over minute as highest, min(price) over minute as lowest
                from (
                  select *, candle_opened_at('1m', observed_at, false) as opened_at from history where interval = 'tick'
                ) t
                window minute as (partition by source, source_asset_id, quote, opened_at)
              ) m
              group by source, source_asset_id, quote, opened_at, first_at, last_at, highest, lowest
            )""".formatted(COLUMNS);

    private static final String ALL = """
            select * from bars
            union all
            select * from ticks where (source, source_asset_id, quote, interval, opened_at) not in (
              select source, source_asset_id, quote, interval, opened_at from bars)""";

    private CandleStatement() {}

    /** The parts that keep what bars and ticks make. */
    static String ofBarsAndTicks() {
        return String.join(",\n", BARS, TICKS, keep(ALL));
    }

    /** The parts that keep what bars make. */
    static String ofBars() {
        return String.join(",\n", BARS, keep("select * from bars"));
    }

    /** The parts that keep what ticks make. */
    static String ofTicks() {
        return String.join(",\n", TICKS, keep("select * from ticks"));
    }

    private static String keep(String made) {
        return """
            candles as (
              insert into price_candle as t (%1$s)
              select * from (%2$s) c order by %3$s
              on conflict (%3$s) do update set
                asset_id = excluded.asset_id,
                open = case when excluded.from_bar or excluded.first_at <= t.first_at then excluded.open else t.open end,
                high = case
                  when excluded.from_bar or excluded.high > t.high then excluded.high
                  when %4$s then coalesce((highest_tick(t)).price, t.high)
                  else t.high end,
                high_at = case
                  when excluded.from_bar or excluded.high > t.high then excluded.high_at
                  when %4$s then coalesce((highest_tick(t)).observed_at, t.high_at)
                  when excluded.high = t.high then least(excluded.high_at, t.high_at)
                  else t.high_at end,
                low = case
                  when excluded.from_bar or excluded.low < t.low then excluded.low
                  when %5$s then coalesce((lowest_tick(t)).price, t.low)
                  else t.low end,
                low_at = case
                  when excluded.from_bar or excluded.low < t.low then excluded.low_at
                  when %5$s then coalesce((lowest_tick(t)).observed_at, t.low_at)
                  when excluded.low = t.low then least(excluded.low_at, t.low_at)
                  else t.low_at end,
                close = case when excluded.from_bar or excluded.last_at >= t.last_at then excluded.close else t.close end,
                volume_base = excluded.volume_base,
                volume_quote = excluded.volume_quote,
                from_bar = excluded.from_bar,
                first_at = case when excluded.from_bar then null else least(excluded.first_at, t.first_at) end,
                last_at = case when excluded.from_bar then excluded.last_at else greatest(excluded.last_at, t.last_at) end,
                ingested_at = excluded.ingested_at,
                event_id = excluded.event_id
              where not t.from_bar
                or (excluded.from_bar
                  and (excluded.last_at, excluded.ingested_at, excluded.event_id) > (t.last_at, t.ingested_at, t.event_id))
            )""".formatted(COLUMNS, made, KEY, mayHaveChanged("high"), mayHaveChanged("low"));
    }

    /** Whether the tick that was the highest, or the lowest, may be among the new ones and not be it any longer. */
    private static String mayHaveChanged(String extreme) {
        return "t.%1$s_at between excluded.first_at and excluded.last_at and (excluded.%1$s, excluded.%1$s_at) <> (t.%1$s, t.%1$s_at)"
                .formatted(extreme);
    }
}
