package io.pricewire.normalizer.store;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Records that were in quarantine for too long. They are deleted some thousands at a time, so that nobody waits long. */
final class ExpiredRejections {

    private static final String DELETE = """
            delete from rejected_observation where rejection_id in (
              select rejection_id from rejected_observation where rejected_at < $1 order by rejected_at
              limit $2 for update skip locked)""";

    private final DatabaseClient client;
    private final int mostAtATime;

    ExpiredRejections(DatabaseClient client, int mostAtATime) {
        this.client = client;
        this.mostAtATime = mostAtATime;
    }

    /** Deletes those from before this time; returns how many. */
    Mono<Long> delete(Instant before) {
        return deleteSome(before)
                .expand(deleted -> deleted < mostAtATime ? Mono.empty() : deleteSome(before))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> deleteSome(Instant before) {
        return client.sql(DELETE)
                .bind(0, before.atOffset(ZoneOffset.UTC))
                .bind(1, mostAtATime)
                .fetch()
                .rowsUpdated();
    }
}
