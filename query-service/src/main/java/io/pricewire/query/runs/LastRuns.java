package io.pricewire.query.runs;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How the runs of each ingestor went, in as many steps through indexes as there are ingestors. */
public final class LastRuns {

    private static final String SQL = """
            with recursive ingestors (name) as (
              (select ingestor from ingest_run order by ingestor limit 1)
              union all
              select (select r.ingestor from ingest_run r where r.ingestor > i.name order by r.ingestor limit 1)
              from ingestors i where i.name is not null
            )
            select i.name, last.*,
              greatest(
                (select max(finished_at) from ingest_run where ingestor = i.name and status = 'success'),
                (select max(finished_at) from ingest_run where ingestor = i.name and status = 'partial')
              ) as last_success_at,
              (select max(finished_at) from ingest_run where ingestor = i.name and status = 'failure') as last_failure_at
            from ingestors i
            left join lateral (
              select * from ingest_run r
              where r.ingestor = i.name and r.finished_at is not null and r.status <> 'joined'
                and r.trigger <> 'backfill'
              order by r.finished_at desc limit 1
            ) last on true
            where i.name is not null
            order by i.name""";

    private final DatabaseClient client;

    public LastRuns(DatabaseClient client) {
        this.client = client;
    }

    /** Every ingestor that was ever heard of, by name. */
    public Mono<List<IngestorRuns>> read() {
        return client.sql(SQL).map(LastRuns::read).all().collectList();
    }

    private static IngestorRuns read(Readable row) {
        return new IngestorRuns(
                requireNonNull(row.get("name", String.class)),
                row.get("run_id") == null ? null : RunRow.read(row),
                row.get("last_success_at", Instant.class),
                row.get("last_failure_at", Instant.class));
    }
}
