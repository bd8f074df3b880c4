package io.pricewire.normalizer.quality;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Counts what the sources brought, five minutes by five minutes. Counting the same minutes again replaces what was counted
 * before, so that it may be repeated, and done by several instances.
 */
final class QualityFacts {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final String UNIT_OF = "date_bin(interval '5 minutes', %s, timestamptz 'epoch')";

    /** Of a record whose source could not be read it is known who read it. */
    private static final String SOURCE_OF_REJECTED = "coalesce(nullif(source, ''), ingestor)";

    private static final String COUNT = """
            with seen as (
              select source, %1$s as began_at, count(*) as observed, %2$s
              from price_history where ingested_at >= $1 and ingested_at < $2
              group by 1, 2
            ),
            refused as (
              select %3$s as source, %4$s as began_at, count(*) as rejected
              from rejected_observation
              where rejected_at >= $1 and rejected_at < $2 and replayed_at is null and %3$s is not null
              group by 1, 2
            ),
            facts as (
              select source, began_at, coalesce(observed, 0) as observed, coalesce(rejected, 0) as rejected, %5$s
              from seen full join refused using (source, began_at)
            ),
            stored as (
              insert into source_quality_fact (source, began_at, observed, rejected, %6$s)
              select source, began_at, observed, rejected, %6$s from facts
              on conflict (began_at, source) do update set (observed, rejected, %6$s) =
                (excluded.observed, excluded.rejected, %7$s)
            )
            update source_quality_fact as t set (observed, rejected, %6$s) = (0, 0, %8$s)
            where began_at >= $1 and began_at < $2 and observed + rejected > 0
              and not exists (select from facts f where f.source = t.source and f.began_at = t.began_at)""".formatted(
                    UNIT_OF.formatted("ingested_at"),
                    Fields.each("count(%1$s) as %1$s"),
                    SOURCE_OF_REJECTED,
                    UNIT_OF.formatted("rejected_at"),
                    Fields.each("coalesce(%1$s, 0) as %1$s"),
                    Fields.each("%s"),
                    Fields.each("excluded.%s"),
                    Fields.each("0"));

    /**
     * A source that made a reference price alone would agree with itself. Of one that was polled, and is silent, the prices
     * of its last day stay known: else it would have no score any more just when it has the worst.
     */
    private static final String LOOK = """
            with lives as (
              select source, max(observed_at) as last_at from price_latest where origin = 'live' group by source
            )
            insert into source_quality_fact (source, began_at, known, fresh, compared, agreed)
            select source, $1, count(*), count(*) filter (where fresh), count(*) filter (where fresh and reference is not null),
              count(*) filter (where fresh and abs(price - reference) <= reference * $3)
            from (
              select l.source, l.price, $2 <= l.observed_at + l.stale_after as fresh, r.price as reference
              from price_latest l left join lives using (source) left join price_reference r
                on r.asset_id = l.asset_id and r.quote = l.quote and r.status <> 'stale'
                and (jsonb_array_length(r.used) > 1 or r.used -> 0 ->> 'source' <> l.source)
              where l.observed_at > $2 - interval '1 day'
                or (l.origin = 'live' and last_at <= $2 - interval '1 day' and l.observed_at > last_at - interval '1 day')
            ) as looked
            group by source
            on conflict (began_at, source) do update set (known, fresh, compared, agreed) =
              (excluded.known, excluded.fresh, excluded.compared, excluded.agreed)""";

    private final DatabaseClient client;
    private final BigDecimal agreementLimit;

    /**
     * @param agreementLimit how far from the reference price, as a share of it, a price may be that agrees with it
     */
    QualityFacts(DatabaseClient client, BigDecimal agreementLimit) {
        this.client = client;
        this.agreementLimit = agreementLimit;
    }

    /** Counts what was fetched, and what was rejected, within this stretch. */
    Mono<Void> count(Stretch stretch) {
        return client.sql(COUNT)
                .bind(0, offset(stretch.from()))
                .bind(1, offset(stretch.to()))
                .then();
    }

    /** Counts the latest prices as they are now. */
    Mono<Void> look(Instant now) {
        return client.sql(LOOK)
                .bind(0, offset(Stretch.unitOf(now)))
                .bind(1, offset(now))
                .bind(2, agreementLimit)
                .then();
    }

    /** Forgets what no score is made of any more. */
    Mono<Void> forget(Instant now) {
        return client.sql("delete from source_quality_fact where began_at < $1")
                .bind(0, offset(now.minus(KEPT)))
                .then();
    }

    private static OffsetDateTime offset(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
