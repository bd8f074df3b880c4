package io.pricewire.query.reference;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The reference prices of assets. */
public final class ReferencesOfAssets {

    private static final String SQL = """
            select distinct on (asset_id) %s from price_reference where asset_id = any($1)
            order by asset_id, quote = 'USD' desc, quote""".formatted(ReferenceRow.COLUMNS);

    private final DatabaseClient client;

    public ReferencesOfAssets(DatabaseClient client) {
        this.client = client;
    }

    /** One of each asset that has any, as of now: in USD, else in the first quote currency by name. */
    public Mono<Map<String, ReferenceView>> of(Collection<String> assets, Instant now) {
        return client.sql(SQL)
                .bind(0, assets.toArray(new String[0]))
                .map(row -> ReferenceRow.read(row).asOf(now))
                .all()
                .collectMap(ReferenceView::assetId);
    }
}
