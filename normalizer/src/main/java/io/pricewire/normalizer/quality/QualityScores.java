package io.pricewire.normalizer.quality;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The scores of the sources, made of the facts of a window: of the last hour or the last 24 hours, in units of five minutes
 * of which the last is not over.
 *
 * <ul>
 *   <li>A field is <b>usual</b> for a source where at least half of its observations of the last seven days gave it.
 *   <li><b>Completeness</b>: how often the window's observations gave a usual field, divided by how often they could have:
 *       their number times the number of usual fields. An observation counts where it was fetched last.
 *   <li><b>Validity</b>: observed / (observed + rejected).
 *   <li><b>Agreement</b>: of the source's fresh prices that could be compared with a reference price, the share that was no
 *       further from it than is accepted; summed over the looks of the window.
 *   <li><b>Consistency</b>: validity times agreement; where one is not known, the other.
 *   <li><b>Freshness</b>: of the source's latest prices that were observed within the day before a look, the share that was
 *       not stale; summed over the looks of the window. A look is taken at each calculation, and the last of each unit
 *       counts. Of a polled source that has brought nothing within that day, the prices of the last day on which it did.
 * </ul>
 *
 * <p>Each is from 0 to 1, to four digits, rounded down so that 1 is said only where all is well; null where it would be a
 * share of nothing.
 */
final class QualityScores {

    /** The most sources that have metrics: anyone can make up a source's name. */
    private static final int MOST_SOURCES = 100;

    private static final String CALCULATE = """
            with weeks as (
              select source, sum(observed) as observed, %1$s
              from source_quality_fact where began_at > $1 - interval '7 days'
              group by source
            ),
            habits as (
              select source, array_remove(array[%2$s], null) as fields, %3$s as field_count
              from weeks
            ),
            windows ("window", since) as (values ('1h', $1 - interval '1 hour'), ('24h', $1 - interval '24 hours')),
            counts as (
              select w.source, "window", coalesce(sum(f.observed), 0) as observed, coalesce(sum(f.rejected), 0) as rejected,
                sum(f.known) as known, sum(f.fresh) as fresh, sum(f.compared) as compared, sum(f.agreed) as agreed,
                sum(%4$s) as given
              from weeks w cross join windows
                left join source_quality_fact f on f.source = w.source and f.began_at > since
              group by w.source, "window"
            ),
            shares as (
              select source, "window", observed, rejected, fields,
                given / nullif(observed * field_count, 0) as completeness,
                observed / nullif(observed + rejected, 0) as validity,
                agreed / nullif(compared, 0) as agreement,
                fresh / nullif(known, 0) as freshness
              from counts join habits using (source)
            ),
            stored as (
              insert into source_quality
                (source, "window", completeness, consistency, freshness, validity, agreement, observed, rejected, fields,
                 calculated_at)
              select source, "window", trunc(completeness, 4),
                trunc(case when validity is null then agreement else validity * coalesce(agreement, 1) end, 4),
                trunc(freshness, 4), trunc(validity, 4), trunc(agreement, 4), observed, rejected, fields, $1
              from shares
              on conflict (source, "window") do update set
                (completeness, consistency, freshness, validity, agreement, observed, rejected, fields, calculated_at) =
                (excluded.completeness, excluded.consistency, excluded.freshness, excluded.validity, excluded.agreement,
                 excluded.observed, excluded.rejected, excluded.fields, excluded.calculated_at)
            )
            delete from source_quality where source not in (select source from weeks)""".formatted(
                    Fields.each("sum(%1$s) as %1$s"),
                    Fields.each("case when " + usual("%1$s", "") + " then '%1$s' end"),
                    Fields.sum("(" + usual("%1$s", "") + ")::int"),
                    Fields.sum("case when " + usual("%1$s", "w.") + " then f.%1$s else 0 end"));

    private static final String READ = """
            select source, "window", completeness, consistency, freshness from source_quality
            where source in (select distinct source from source_quality order by source limit %d)""".formatted(MOST_SOURCES);

    private final DatabaseClient client;

    QualityScores(DatabaseClient client) {
        this.client = client;
    }

    /** Whether the scores are older than this, or there are none. */
    Mono<Boolean> areOlderThan(Instant time) {
        return client.sql("select not exists (select from source_quality where calculated_at >= $1)")
                .bind(0, time.atOffset(ZoneOffset.UTC))
                .map(row -> requireNonNull(row.get(0, Boolean.class)))
                .one();
    }

    /** Makes the scores of the facts. */
    Mono<Void> calculate(Instant now) {
        return client.sql(CALCULATE).bind(0, now.atOffset(ZoneOffset.UTC)).then();
    }

    /** The scores as they are stored, of the first {@value #MOST_SOURCES} sources. */
    Mono<List<SourceQuality>> read() {
        return client.sql(READ).map(QualityScores::score).all().collectList();
    }

    private static SourceQuality score(Readable row) {
        return new SourceQuality(
                requireNonNull(row.get("source", String.class)),
                requireNonNull(row.get("window", String.class)),
                row.get("completeness", BigDecimal.class),
                row.get("consistency", BigDecimal.class),
                row.get("freshness", BigDecimal.class));
    }

    private static String usual(String field, String table) {
        return "%2$sobserved > 0 and 2 * %2$s%1$s >= %2$sobserved".formatted(field, table);
    }
}
