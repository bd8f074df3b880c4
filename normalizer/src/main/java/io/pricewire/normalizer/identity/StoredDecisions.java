package io.pricewire.normalizer.identity;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes decisions: what holds now, and what was decided when. A decision that is there already changes nothing. */
final class StoredDecisions {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String ASSETS = """
            insert into asset (asset_id, symbol, name, created_at)
            select distinct on (asset_id) * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
              as t (asset_id, symbol, name, created_at)
            order by asset_id
            on conflict do nothing""";

    private static final String STORE = """
            with decided as materialized (
              select t.*, a.asset_id as previous_asset_id
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::text[], $10::timestamptz[], $11::uuid[])
                as t (source, source_asset_id, asset_id, symbol, name, status, method, evidence, decided_by, decided_at,
                  decision_id)
                left join asset_alias a using (source, source_asset_id)
              where not exists (select from asset_alias_decision d where d.decision_id = t.decision_id)),
            audit as (
              insert into asset_alias_decision (source, source_asset_id, decided_at, decision_id, previous_asset_id, asset_id,
                status, method, evidence, decided_by, moved_at)
              select source, source_asset_id, decided_at, decision_id, previous_asset_id, asset_id, status, method,
                evidence::jsonb, decided_by,
                case when previous_asset_id is null or previous_asset_id = asset_id then decided_at end
              from decided)
            insert into asset_alias
              (source, source_asset_id, asset_id, symbol, name, status, method, evidence, decided_by, decided_at)
            select source, source_asset_id, asset_id, symbol, name, status, method, evidence::jsonb, decided_by, decided_at
            from decided
            on conflict (source, source_asset_id) do update set
              (asset_id, status, method, evidence, decided_by, decided_at) =
              (excluded.asset_id, excluded.status, excluded.method, excluded.evidence, excluded.decided_by,
               excluded.decided_at)""";

    private final DatabaseClient client;
    private final CuratedAssets curated;

    StoredDecisions(DatabaseClient client, CuratedAssets curated) {
        this.client = client;
        this.curated = curated;
    }

    /**
     * Stores decisions, and the assets that they name.
     *
     * @param decisionId the id of each decision, a UUID
     */
    Mono<Void> store(Collection<Alias> aliases, Function<Alias, String> decisionId) {
        if (aliases.isEmpty()) {
            return Mono.empty();
        }
        List<Alias> rows = List.copyOf(aliases);
        return client.sql(ASSETS)
                .bind(0, texts(rows, Alias::assetId))
                .bind(1, texts(rows, this::symbolOfAsset))
                .bind(2, texts(rows, this::nameOfAsset))
                .bind(3, times(rows))
                .then()
                .then(client.sql(STORE)
                        .bind(0, texts(rows, alias -> alias.key().source()))
                        .bind(1, texts(rows, alias -> alias.key().sourceAssetId()))
                        .bind(2, texts(rows, Alias::assetId))
                        .bind(3, texts(rows, Alias::symbol))
                        .bind(4, texts(rows, Alias::name))
                        .bind(5, texts(rows, Alias::status))
                        .bind(6, texts(rows, alias -> alias.method().code()))
                        .bind(7, texts(rows, alias -> JSON.writeValueAsString(alias.evidence())))
                        .bind(8, texts(rows, Alias::decidedBy))
                        .bind(9, times(rows))
                        .bind(10, texts(rows, decisionId))
                        .then());
    }

    private String symbolOfAsset(Alias alias) {
        CuratedAssets.Entry entry = curated.asset(alias.assetId());
        return entry == null ? alias.symbol() : entry.symbol();
    }

    private String nameOfAsset(Alias alias) {
        CuratedAssets.Entry entry = curated.asset(alias.assetId());
        return entry == null ? alias.name() : entry.name();
    }

    private static String[] texts(List<Alias> rows, Function<Alias, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<Alias> rows) {
        return rows.stream()
                .map(alias -> alias.decidedAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
