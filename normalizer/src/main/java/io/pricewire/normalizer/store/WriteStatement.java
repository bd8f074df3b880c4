package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Figure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one statement that writes a batch. All of it happens or nothing, without a transaction around it, in one round
 * trip. Each part takes its rows from arrays and leaves alone what is newer in the table, so that it may be repeated, and
 * its rows are sorted by key, so that two of them at a time cannot wait for each other in a circle.
 */
final class WriteStatement {

    private static final String FIGURES =
            Stream.of(Figure.values()).map(Figure::column).collect(Collectors.joining(", ", "", ", rank"));

    /** What a later fetch of the same values changes nothing of, besides the fetch itself. */
    private static final String FIRST_RUN =
            "run_id = case when t.event_id = excluded.event_id then t.run_id else excluded.run_id end";

    /**
     * How it came to be known stays what it was first, so that loading what is known already does not make the past of it; but
     * what comes live is live, and is vouched for anew.
     */
    private static final String FIRST_ORIGIN = firstUnlessLive("origin");

    private static final String FIRST_STALE_AFTER = firstUnlessLive("stale_after");

    private static final String HISTORY =
            """
            history as (
              insert into price_history as t
                (source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id, ingested_at, event_id,
                 run_id, origin, %1$s)
              select source, source_asset_id, quote, interval, observed_at, observed_at_assumed, asset_id, ingested_at,
                event_id, run_id, origin, %1$s
              from known
              on conflict (source, source_asset_id, quote, interval, observed_at) do update set
                (observed_at_assumed, asset_id, ingested_at, event_id, %1$s) =
                (excluded.observed_at_assumed, excluded.asset_id, excluded.ingested_at, excluded.event_id, %2$s),
                %3$s, %4$s
              where (excluded.ingested_at, excluded.event_id) > (t.ingested_at, t.event_id)
              returning %5$s
            )""".formatted(FIGURES, excluded(FIGURES), FIRST_RUN, FIRST_ORIGIN, CandleStatement.TAKEN);

    /** Equal wins too: what was stored before a crash and published after it is the newest still. */
    private static final String LATEST =
            """
            latest as (
              insert into price_latest as t
                (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at, observed_at_assumed,
                 ingested_at, event_id, run_id, origin, stale_after, %1$s)
              select distinct on (source, source_asset_id, quote)
                source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at, observed_at_assumed,
                ingested_at, event_id, run_id, origin, stale_after_ms * interval '1 millisecond', %1$s
              from known
              order by source, source_asset_id, quote, observed_at desc, ingested_at desc, event_id desc
              on conflict (source, source_asset_id, quote) do update set
                (asset_id, symbol, name, interval, observed_at, observed_at_assumed, ingested_at, event_id, %1$s) =
                (excluded.asset_id, excluded.symbol, excluded.name, excluded.interval, excluded.observed_at,
                 excluded.observed_at_assumed, excluded.ingested_at, excluded.event_id, %2$s),
                %3$s, %4$s, %5$s
              where (excluded.observed_at, excluded.ingested_at, excluded.event_id)
                 >= (t.observed_at, t.ingested_at, t.event_id)
              returning source, source_asset_id, quote, event_id
            )""".formatted(FIGURES, excluded(FIGURES), FIRST_RUN, FIRST_ORIGIN, FIRST_STALE_AFTER);

    private static final String RAW = """
            raw as (
              insert into raw_observation
                (event_id, ingested_at, source, source_asset_id, quote, observed_at, run_id, payload, payload_type)
              select event_id, ingested_at, source, source_asset_id, quote, observed_at, run_id,
                decode(payload, 'base64'), payload_type
              from sent
              on conflict do nothing
            )""";

    /** What was decided since this batch was put together counts. */
    private static final String KNOWN = """
            known as materialized (
              select o.*, coalesce(a.asset_id, o.believed_asset_id) as asset_id
              from observed o left join asset_alias a using (source, source_asset_id)
            )""";

    private static final String DESCRIBED = """
            platforms as (
              insert into asset_platform as t (source, source_asset_id, platform, address)
              select distinct on (source, source_asset_id, platform) source, source_asset_id, platform, lower(address)
              from described order by source, source_asset_id, platform
              on conflict (source, source_asset_id, platform) do update set address = excluded.address
              where t.address <> excluded.address
            )""";

    private static final String OFFERED = """
            offers as (
              insert into source_asset as t (source, source_asset_id, symbol, name, quotes, described_at)
              select distinct on (source, source_asset_id) source, source_asset_id, symbol, name,
                string_to_array(quotes, ','), described_at
              from offered order by source, source_asset_id, described_at desc
              on conflict (source, source_asset_id) do update set
                (symbol, name, quotes, described_at) =
                (excluded.symbol, excluded.name, excluded.quotes, excluded.described_at)
              where excluded.described_at > t.described_at
            )""";

    /** What is rejected again keeps its place, and gets the reasons of now. */
    private static final String REJECTED = """
            rejections as (
              insert into rejected_observation as t (%1$s)
              select distinct on (rejection_id)
                rejection_id, source, source_asset_id, reasons, decode(original, 'base64'), original_type, topic,
                partition, "offset", file, line, run_id, event_id, ingestor, context, rejected_at
              from rejected order by rejection_id, rejected_at desc
              on conflict (rejection_id) do update set reasons = excluded.reasons
              where t.replayed_at is null and excluded.rejected_at > t.rejected_at
            )""".formatted(Tables.REJECTIONS.names());

    private static final String RAN = """
            runs as (
              insert into ingest_run as t (%1$s)
              select distinct on (run_id) %1$s from ran order by run_id, revision desc
              on conflict (run_id) do update set (%1$s) = (%2$s)
              where excluded.revision > t.revision
            )""".formatted(Tables.RUNS.names(), excluded(Tables.RUNS.names()));

    private static final String REACHED =
            """
            checkpoints as (
              insert into ingest_checkpoint as t (%1$s)
              select distinct on (ingestor, file) %1$s from reached order by ingestor, file, updated_at desc
              on conflict (ingestor, file) do update set (%1$s) = (%2$s)
              where excluded.updated_at >= t.updated_at
            )""".formatted(Tables.CHECKPOINTS.names(), excluded(Tables.CHECKPOINTS.names()));

    /** The row sets in the order of their parameters. */
    private static final List<RowSet<?>> INPUT = List.of(
            Tables.OBSERVATIONS,
            Tables.PAYLOADS,
            Tables.PLATFORMS,
            Tables.OFFERED,
            Tables.REJECTIONS,
            Tables.RUNS,
            Tables.CHECKPOINTS);

    private static final String RESULT = """
            select source, source_asset_id, quote, event_id::text from latest
            union all
            select distinct source, source_asset_id, null, asset_id from known where asset_id <> believed_asset_id""";

    private WriteStatement() {}

    static String sql(CandleSettings settings) {
        String candles = settings.fromTicks() ? CandleStatement.ofBarsAndTicks() : CandleStatement.ofBars();
        return input()
                + Stream.of(KNOWN, HISTORY, candles, RAW, DESCRIBED, OFFERED, REJECTED, RAN, REACHED, LATEST)
                        .collect(Collectors.joining(",\n", ",\n", "\n"))
                + RESULT;
    }

    private static String input() {
        StringBuilder sql = new StringBuilder();
        int parameter = 1;
        for (RowSet<?> rows : INPUT) {
            sql.append(parameter == 1 ? "with " : ",\n").append(rows.commonTableExpression(parameter));
            parameter += rows.size();
        }
        return sql.toString();
    }

    private static String firstUnlessLive(String column) {
        return "%1$s = case when t.event_id = excluded.event_id and excluded.origin <> 'live' then t.%1$s else excluded.%1$s end"
                .formatted(column);
    }

    private static String excluded(String columns) {
        return Stream.of(columns.split(", "))
                .map(column -> "excluded." + column)
                .collect(Collectors.joining(", "));
    }
}
