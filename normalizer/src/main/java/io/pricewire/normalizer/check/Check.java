package io.pricewire.normalizer.check;

/** Something that holds of what is stored, in whatever state the services are, and the statement that finds what breaks it. */
enum Check {
    /** What has left the history because of its age need not be in it; and of that an earlier fetch may have come back. */
    LATEST_IS_NEWEST("every latest price is the newest of its history", "price_latest", """
            select format('%s %s %s: the latest is of %s, and the history has %s', l.source, l.source_asset_id, l.quote,
              l.observed_at, case when h.event_id is null then 'not got it'
                when h.observed_at = l.observed_at then 'other values of that time' else 'one of ' || h.observed_at end)
            from price_latest l left join lateral (
              select h.observed_at, h.ingested_at, h.event_id from price_history h
              where h.source = l.source and h.source_asset_id = l.source_asset_id and h.quote = l.quote
                and h.observed_at >= l.observed_at
              order by h.observed_at desc, h.ingested_at desc, h.event_id desc limit 1) h on true
            where (h.observed_at, h.ingested_at, h.event_id) is distinct from (l.observed_at, l.ingested_at, l.event_id)
              and ((h.observed_at, h.ingested_at, h.event_id) > (l.observed_at, l.ingested_at, l.event_id)
                or l.observed_at >= coalesce(
                (select expired_before from data_retention where table_name = 'price_history'), '-infinity'))"""),

    CANDLE_BOUNDS("no candle opens or closes above its high or below its low", "price_candle", """
            select format('%s %s %s %s %s: open %s, high %s, low %s, close %s', source, source_asset_id, quote, interval,
              opened_at, open, high, low, close)
            from {candles} c where low > least(open, close) or high < greatest(open, close)"""),

    ALIASES_HAVE_ASSETS("every alias is of an asset that there is", "asset_alias", """
            select format('%s %s: there is no asset %s', source, source_asset_id, asset_id)
            from asset_alias a where not exists (select from asset where asset_id = a.asset_id)"""),

    LATEST_HAVE_ALIASES("every latest price is of the asset that its alias says", "price_latest", """
            select format('%s %s %s: stored of %s, and its alias %s', source, source_asset_id, quote, l.asset_id,
              case when a.asset_id is null then 'is missing' else 'says ' || a.asset_id end)
            from price_latest l left join asset_alias a using (source, source_asset_id)
            where a.asset_id is distinct from l.asset_id
              and not exists (select from asset_alias_decision d where d.source = l.source
                and d.source_asset_id = l.source_asset_id and d.moved_at is null)"""),

    /** Walks from name to name, as there are few of them among many rows. */
    HISTORY_HAS_ALIASES("every observation has an alias, and is of the asset that it says", "price_history", """
            with recursive named (source, source_asset_id) as (
              (select source, source_asset_id from price_history order by 1, 2 limit 1)
              union all
              select n.source, n.source_asset_id from named c cross join lateral (
                select h.source, h.source_asset_id from price_history h
                where (h.source, h.source_asset_id) > (c.source, c.source_asset_id) order by 1, 2 limit 1) n
            )
            select format('%s %s: there is no alias', source, source_asset_id)
            from named n where not exists (
              select from asset_alias a where a.source = n.source and a.source_asset_id = n.source_asset_id)
            union all
            select format('%s %s: stored of %s, and its alias says %s', source, source_asset_id, h.asset_id, a.asset_id)
            from (select distinct source, source_asset_id, asset_id from price_history where {fetched}) h
              join asset_alias a using (source, source_asset_id)
            where a.asset_id <> h.asset_id and not exists (select from asset_alias_decision d where d.source = a.source
              and d.source_asset_id = a.source_asset_id and d.moved_at is null)"""),

    PRICES_HAVE_ASSETS("every reference price and every candle is of an asset that there is", "price_reference", """
            select format('the reference price in %s: there is no asset %s', quote, asset_id)
            from price_reference r where not exists (select from asset where asset_id = r.asset_id)
            union all
            select distinct format('candles of %s %s: there is no asset %s', source, source_asset_id, asset_id)
            from {candles} c where not exists (select from asset where asset_id = c.asset_id)"""),

    /** What the newest price is in has to be there, unless it has left since. A payload from a file came when that was read. */
    PARTITIONS(
            "every partition is in its table, bears the name of its time, and none is a default one",
            "price_latest",
            """
            with tables (name, format, width) as (values
              ('price_history', '_YYYY_MM', interval '1 month'), ('raw_observation', '_YYYY_MM_DD', interval '1 day')),
            stored (name, at) as (
              select 'price_history', max(observed_at) from price_latest
              union all select 'raw_observation', max(ingested_at) from price_latest where origin in ('live', 'backfill'))
            select case when p.starts is null then format('%s is a default partition of %s', p.partition, t.name)
              else format('%s has the rows of %s to %s', p.partition, p.starts, p.ends) end
            from tables t cross join lateral partitions(t.name) p
            where p.starts is null or p.ends <> (p.starts at time zone 'UTC' + t.width) at time zone 'UTC'
              or p.partition <> t.name || to_char(p.starts at time zone 'UTC', t.format)
            union all
            select format('%s is half taken out of its table', inhrelid::regclass) from pg_inherits where inhdetachpending
            union all
            select format('%s is not in its table', c.relname) from pg_class c
            where c.relkind = 'r' and not c.relispartition and pg_table_is_visible(c.oid)
              and c.relname ~ '^(price_history_[0-9]{4}_[0-9]{2}|raw_observation_[0-9]{4}_[0-9]{2}_[0-9]{2})$'
            union all
            select format('%s has no partition for %s', s.name, s.at) from stored s
            where s.at >= coalesce((select expired_before from data_retention r where r.table_name = s.name), '-infinity')
              and not exists (select from partitions(s.name) p where p.starts <= s.at and s.at < p.ends)"""),

    EVENTS_ARE_STORED_ONCE("no event is stored twice", "price_history", """
            select format('%s is stored %s times', event_id, count(*))
            from price_history where {fetched} group by event_id having count(*) > 1""");

    /** What was fetched last: at a bound from both sides the planner knows that it is little, and takes the index. */
    private static final String FETCHED_LATELY = """
            ingested_at > (select max(ingested_at) from price_latest) - interval '6 hours'
              and ingested_at <= (select max(ingested_at) from price_latest)""";

    /** Walks from name to name, too. Sixty are an hour of minutes. */
    private static final String LAST_CANDLES = """
            (with recursive named (source, source_asset_id, quote, interval) as (
              (select source, source_asset_id, quote, interval from price_candle order by 1, 2, 3, 4 limit 1)
              union all
              select n.source, n.source_asset_id, n.quote, n.interval from named l cross join lateral (
                select o.source, o.source_asset_id, o.quote, o.interval from price_candle o
                where (o.source, o.source_asset_id, o.quote, o.interval)
                  > (l.source, l.source_asset_id, l.quote, l.interval) order by 1, 2, 3, 4 limit 1) n
            )
            select o.* from named n cross join lateral (
              select * from price_candle p where p.source = n.source and p.source_asset_id = n.source_asset_id
                and p.quote = n.quote and p.interval = n.interval order by p.opened_at desc limit 60) o)""";

    private final String meaning;
    private final String table;
    private final String sql;

    Check(String meaning, String table, String sql) {
        this.meaning = meaning;
        this.table = table;
        this.sql = sql;
    }

    /** What holds. */
    String meaning() {
        return meaning;
    }

    /** Where this table is missing nothing can be told. */
    String table() {
        return table;
    }

    /** Finds what breaks it in all that is stored, each as a line for a person. It takes as long as there is much. */
    String sqlOfAll() {
        return sql.replace("{candles}", "price_candle").replace("{fetched}", "true");
    }

    /**
     * Finds what breaks it, where reading all observations and candles would take longer from month to month, among those
     * of lately only: observations that were fetched within the six hours before the last one, and the last sixty candles
     * of each name and length.
     */
    String sqlOfLately() {
        return sql.replace("{candles}", LAST_CANDLES).replace("{fetched}", FETCHED_LATELY);
    }
}
