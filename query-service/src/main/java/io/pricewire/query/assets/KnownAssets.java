package io.pricewire.query.assets;

import io.pricewire.query.problem.ProblemException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The assets of which something can be asked for. */
public final class KnownAssets {

    private final DatabaseClient client;

    public KnownAssets(DatabaseClient client) {
        this.client = client;
    }

    /** Fails where there is no such asset. */
    public Mono<Void> require(String asset) {
        return client.sql("select 1 from asset where asset_id = $1")
                .bind(0, asset)
                .map(row -> true)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("there is no asset " + asset)))
                .then();
    }
}
