package io.pricewire.query.assets;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What sources call assets. */
final class Aliases {

    private static final String SQL =
            "select * from asset_alias where asset_id = any($1) order by source, source_asset_id";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final DatabaseClient client;

    Aliases(DatabaseClient client) {
        this.client = client;
    }

    /** The aliases of these assets, by asset. */
    Mono<Map<String, List<AliasView>>> of(Collection<String> assets) {
        return client.sql(SQL)
                .bind(0, assets.toArray(new String[0]))
                .map(row -> Map.entry(text(row, "asset_id"), read(row)))
                .all()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    static AliasView read(Readable row) {
        return new AliasView(
                text(row, "source"),
                text(row, "source_asset_id"),
                text(row, "asset_id"),
                text(row, "status"),
                text(row, "symbol"),
                text(row, "name"),
                text(row, "method"),
                JSON.readValue(text(row, "evidence"), Object.class),
                text(row, "decided_by"),
                requireNonNull(row.get("decided_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
