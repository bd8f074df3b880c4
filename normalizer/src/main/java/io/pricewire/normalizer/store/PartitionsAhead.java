package io.pricewire.normalizer.store;

import java.time.Clock;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes the partitions of now and next before a batch needs them; again where they have been there, and are not any more. */
public final class PartitionsAhead {

    private final List<Partitions> tables;
    private final Clock clock;

    public PartitionsAhead(DatabaseClient client, Clock clock) {
        this.tables = Partitions.all(client);
        this.clock = clock;
    }

    /** Makes those that are missing, of each table though it fails for another. */
    public Mono<Void> round() {
        return Flux.fromIterable(tables)
                .concatMapDelayError(table -> {
                    table.forget();
                    return table.ensureAhead(clock.instant());
                })
                .then();
    }
}
