package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.observation.Observation;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The decisions which asset a source means, as they are kept in the database. One decider at a time, of all instances:
 * each sees everything that was decided before.
 */
public final class Aliases {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final TypeReference<Map<String, String>> EVIDENCE = new TypeReference<>() {};

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('pricewire identity', 0))";

    /** Those that are asked for themselves, and all that could be evidence of what they are. */
    private static final String RELEVANT = """
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
            where a.source_asset_id in (select source_asset_id from asked)
              or (a.symbol <> '' and upper(a.symbol) = any($3))
              or (a.source, a.source_asset_id) in (
                select other.source, other.source_asset_id
                from asked join asset_platform mine using (source, source_asset_id)
                  join asset_platform other using (platform, address))""";

    private static final String CONTRACTS = """
            select source, source_asset_id, platform || '/' || address as contract
            from asset_platform
            where (source, source_asset_id) in (select * from unnest($1::text[], $2::text[]))""";

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
                left join asset_alias a using (source, source_asset_id)),
            audit as (
              insert into asset_alias_decision (source, source_asset_id, decided_at, decision_id, previous_asset_id, asset_id,
                status, method, evidence, decided_by, moved_at)
              select source, source_asset_id, decided_at, decision_id, previous_asset_id, asset_id, status, method,
                evidence::jsonb, decided_by,
                case when previous_asset_id is null or previous_asset_id = asset_id then decided_at end
              from decided
              on conflict do nothing)
            insert into asset_alias
              (source, source_asset_id, asset_id, symbol, name, status, method, evidence, decided_by, decided_at)
            select source, source_asset_id, asset_id, symbol, name, status, method, evidence::jsonb, decided_by, decided_at
            from decided
            on conflict (source, source_asset_id) do update set
              (asset_id, status, method, evidence, decided_by, decided_at) =
              (excluded.asset_id, excluded.status, excluded.method, excluded.evidence, excluded.decided_by,
               excluded.decided_at)""";

    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final CuratedAssets curated = CuratedAssets.load();
    private final Decider decider;
    private final Clock clock;

    public Aliases(DatabaseClient client, TransactionalOperator transaction, IdentitySettings settings, Clock clock) {
        this.client = client;
        this.transaction = transaction;
        this.decider = new Decider(settings, curated);
        this.clock = clock;
    }

    /** What each of these is, as it was decided before or is decided now. */
    Mono<Map<SourceAsset, String>> decide(Collection<Observation> observations) {
        Asked asked = Asked.of(observations);
        return lock().then(Mono.zip(relevant(asked).collectList(), contracts(asked)))
                .flatMap(found -> decide(observations, found.getT1(), found.getT2()))
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    /**
     * An operator's decision. Deciding the same again, under the same id, changes nothing.
     *
     * @return whether there is such an alias
     */
    public Mono<Boolean> overrule(UUID decisionId, SourceAsset key, String assetId, String decidedBy) {
        return lock().then(relevant(new Asked(
                                new String[] {key.source()}, new String[] {key.sourceAssetId()}, new String[0]))
                        .filter(known -> known.description().key().equals(key))
                        .next())
                .map(known -> new Alias(
                        key,
                        assetId,
                        known.alias().symbol(),
                        known.alias().name(),
                        Method.OPERATOR,
                        false,
                        Map.of("overruled", known.alias().assetId()),
                        decidedBy,
                        clock.instant()))
                .flatMap(alias -> store(List.of(alias), decisionId).thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    private Mono<Void> lock() {
        return client.sql(LOCK).then();
    }

    private Mono<Map<SourceAsset, String>> decide(
            Collection<Observation> observations, List<Known> relevant, Map<SourceAsset, Set<String>> contracts) {
        Directory directory = new Directory(relevant);
        Map<SourceAsset, String> assets = new HashMap<>();
        relevant.forEach(known -> assets.put(known.alias().key(), known.alias().assetId()));
        List<Described> unknown = observations.stream()
                .map(observation -> Described.of(observation, contractsOf(observation, contracts)))
                .filter(described -> !assets.containsKey(described.key()))
                .toList();
        Collection<Alias> decisions = decider.decide(unknown, directory, clock.instant());
        decisions.forEach(alias -> assets.put(alias.key(), alias.assetId()));
        return store(decisions, null).thenReturn(assets);
    }

    private static Set<String> contractsOf(Observation observation, Map<SourceAsset, Set<String>> contracts) {
        return contracts.getOrDefault(new SourceAsset(observation.source(), observation.sourceAssetId()), Set.of());
    }

    private reactor.core.publisher.Flux<Known> relevant(Asked asked) {
        return client.sql(RELEVANT)
                .bind(0, asked.sources)
                .bind(1, asked.ids)
                .bind(2, asked.symbols)
                .map(Aliases::known)
                .all();
    }

    private Mono<Map<SourceAsset, Set<String>>> contracts(Asked asked) {
        return client.sql(CONTRACTS)
                .bind(0, asked.sources)
                .bind(1, asked.ids)
                .map(row -> Map.entry(
                        new SourceAsset(text(row, "source"), text(row, "source_asset_id")), text(row, "contract")))
                .all()
                .collect(
                        HashMap::new,
                        (all, entry) -> all.computeIfAbsent(entry.getKey(), key -> new HashSet<>())
                                .add(entry.getValue()));
    }

    private Mono<Void> store(Collection<Alias> aliases, @Nullable UUID decisionId) {
        if (aliases.isEmpty()) {
            return Mono.empty();
        }
        List<Alias> rows = new ArrayList<>(aliases);
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
                        .bind(
                                10,
                                texts(
                                        rows,
                                        alias -> String.valueOf(decisionId == null ? UUID.randomUUID() : decisionId)))
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

    private static Known known(Readable row) {
        SourceAsset key = new SourceAsset(text(row, "source"), text(row, "source_asset_id"));
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

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    /** What is asked for, as arrays of equal length, and all symbols in it. */
    @SuppressWarnings("ArrayRecordComponent") // as they are bound, and read by nobody else
    private record Asked(String[] sources, String[] ids, String[] symbols) {

        static Asked of(Collection<Observation> observations) {
            return new Asked(
                    observations.stream().map(Observation::source).toArray(String[]::new),
                    observations.stream().map(Observation::sourceAssetId).toArray(String[]::new),
                    observations.stream()
                            .map(Observation::symbol)
                            .filter(symbol -> !symbol.isEmpty())
                            .distinct()
                            .toArray(String[]::new));
        }
    }
}
