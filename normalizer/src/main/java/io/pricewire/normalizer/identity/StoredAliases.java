package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was decided, with all that may be evidence for what is to be decided. */
final class StoredAliases {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> EVIDENCE = new TypeReference<>() {};

    private static final String SELECT = """
            with asked as materialized (select * from unnest($1::text[], $2::text[]) as t (source, source_asset_id))
            select a.source, a.source_asset_id, a.asset_id, a.symbol, a.name, a.status, a.method, a.evidence::text,
              a.decided_by, a.decided_at, p.quote, p.price, p.market_cap, p.observed_at,
              array(select platform || '/' || address from asset_platform c
                    where c.source = a.source and c.source_asset_id = a.source_asset_id) as contracts
            from asset_alias a
            left join lateral (
              select quote, price, market_cap, observed_at from price_latest l
              where l.source = a.source and l.source_asset_id = a.source_asset_id
              order by (quote = 'USD') desc, observed_at desc limit 1) p on true
            """;

    /** Those that are asked for themselves, and all that could be evidence of what they are. */
    private static final String RELEVANT = SELECT + """
            where a.source_asset_id in (select source_asset_id from asked)
              or (a.symbol <> '' and upper(a.symbol) = any($3))
              or (a.source, a.source_asset_id) in (
                select other.source, other.source_asset_id
                from asked join asset_platform mine using (source, source_asset_id)
                  join asset_platform other using (platform, address))""";

    private static final String FIND = SELECT + "join asked using (source, source_asset_id)";

    private static final String RESTING_ON = SELECT + """
            where (a.method = 'known_id' and a.source_asset_id in (select source_asset_id from asked))
              or (a.method = 'dominant_symbol'
                and (a.evidence->>'source', a.evidence->>'source_asset_id') in (select * from asked))""";

    private static final String CONTRACTS = """
            select source, source_asset_id, platform || '/' || address as contract
            from asset_platform
            where (source, source_asset_id) in (select * from unnest($1::text[], $2::text[]))""";

    private final DatabaseClient client;

    StoredAliases(DatabaseClient client) {
        this.client = client;
    }

    /** What was decided of these, and of all that could be evidence of what they are. */
    Mono<List<Known>> relevant(Asked asked) {
        return read(client.sql(RELEVANT)
                        .bind(0, asked.sources())
                        .bind(1, asked.ids())
                        .bind(2, asked.symbols()))
                .collectList();
    }

    /** What was decided of this; nothing where nothing was. */
    Mono<Known> find(SourceAsset key) {
        return read(keyed(FIND, Asked.forKeys(List.of(key)))).next();
    }

    /** What was decided to be what one of these is: by its id, or because it dominates a symbol. */
    Mono<List<Known>> restingOn(Collection<SourceAsset> keys) {
        return read(keyed(RESTING_ON, Asked.forKeys(keys))).collectList();
    }

    /** {@code chain/address} of each contract of these. */
    Mono<Map<SourceAsset, Set<String>>> contracts(Asked asked) {
        return keyed(CONTRACTS, asked)
                .map(row -> Map.entry(key(row), text(row, "contract")))
                .all()
                .collect(
                        HashMap::new,
                        (all, entry) -> all.computeIfAbsent(entry.getKey(), key -> new HashSet<>())
                                .add(entry.getValue()));
    }

    private DatabaseClient.GenericExecuteSpec keyed(String sql, Asked asked) {
        return client.sql(sql).bind(0, asked.sources()).bind(1, asked.ids());
    }

    private static Flux<Known> read(DatabaseClient.GenericExecuteSpec query) {
        return query.map(StoredAliases::known).all();
    }

    private static Known known(Readable row) {
        SourceAsset key = key(row);
        String quote = row.get("quote", String.class);
        Described description = new Described(
                key,
                text(row, "symbol"),
                text(row, "name"),
                quote == null ? "" : quote,
                row.get("price", BigDecimal.class),
                row.get("market_cap", BigDecimal.class),
                row.get("observed_at", Instant.class),
                Set.copyOf(List.of(requireNonNull(row.get("contracts", String[].class)))));
        Alias alias = new Alias(
                key,
                text(row, "asset_id"),
                text(row, "symbol"),
                text(row, "name"),
                Method.of(text(row, "method")),
                text(row, "status").equals("ambiguous"),
                JSON.readValue(text(row, "evidence"), EVIDENCE),
                text(row, "decided_by"),
                requireNonNull(row.get("decided_at", Instant.class)));
        return new Known(description, alias);
    }

    private static SourceAsset key(Readable row) {
        return new SourceAsset(text(row, "source"), text(row, "source_asset_id"));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
