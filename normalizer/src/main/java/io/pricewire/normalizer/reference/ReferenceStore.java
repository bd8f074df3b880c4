package io.pricewire.normalizer.reference;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.reference.Known.Confirmed;
import io.pricewire.normalizer.reference.Known.Previous;
import io.pricewire.normalizer.reference.Known.Published;
import io.pricewire.normalizer.store.SqlStates;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads what reference prices are made from, and keeps them. Each is computed by one instance at a time, the one that
 * reads its partition. One that another has computed later meanwhile is not replaced; writing it fails. Where another has said
 * meanwhile that it is to be computed again, it is.
 */
final class ReferenceStore {

    private static final String READ = """
            select w.asset_id, w.quote, a.symbol, a.name,
              p.source, p.source_asset_id, p.event_id::text, p.price, p.volume_24h, %s, %s, p.origin = 'replay',
              r.price, r.unconfirmed, %s, %s, r.confirmed_price, %s, r.due_at::text,
              r.published_price, r.published_status, r.published_as_unconfirmed, %s
            from unnest($1::text[], $2::text[]) as w (asset_id, quote)
              join asset a using (asset_id)
              left join price_reference r using (asset_id, quote)
              left join price_latest p using (asset_id, quote)""".formatted(
                    Cells.time("p.observed_at"),
                    Cells.time("p.observed_at + p.stale_after"),
                    Cells.time("r.observed_at"),
                    Cells.time("r.computed_at"),
                    Cells.time("r.confirmed_at"),
                    Cells.time("r.published_at"));

    /** What was read of due_at comes as published_at, which is not set by this: a new row has neither. */
    private static final String WRITE = """
            insert into price_reference as t
              (asset_id, quote, symbol, name, price, status, dispersion, used, excluded, unconfirmed, observed_at,
               computed_at, confirmed_price, confirmed_at, due_at, partition, published_at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::numeric[],
              $8::jsonb[], $9::jsonb[], $10::boolean[], $11::timestamptz[], $12::timestamptz[], $13::numeric[],
              $14::timestamptz[], $15::timestamptz[], $16::int[], $17::text[]::timestamptz[])
            on conflict (asset_id, quote) do update set
              (symbol, name, price, status, dispersion, used, excluded, unconfirmed, observed_at, computed_at,
               confirmed_price, confirmed_at, due_at, partition) =
              (excluded.symbol, excluded.name, excluded.price, excluded.status, excluded.dispersion, excluded.used,
               excluded.excluded, excluded.unconfirmed, excluded.observed_at, excluded.computed_at,
               excluded.confirmed_price, excluded.confirmed_at,
               case when t.due_at is not distinct from excluded.published_at then excluded.due_at
                 else least(t.due_at, excluded.due_at) end,
               excluded.partition)
            where t.computed_at <= excluded.computed_at
            returning 1""";

    /** What was computed again since is left alone: that is not published. */
    private static final String PUBLISHED = """
            update price_reference t set
              (published_price, published_status, published_as_unconfirmed, published_at, due_at) =
              (t.price, t.status, t.unconfirmed, t.computed_at,
               case when t.due_at = p.due_until_published then p.due_at else least(t.due_at, p.due_at) end)
            from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
              as p (asset_id, quote, computed_at, due_until_published, due_at)
            where t.asset_id = p.asset_id and t.quote = p.quote and t.computed_at = p.computed_at""";

    private static final String DUE = """
            select asset_id, quote, partition from price_reference
            where due_at <= $1 and partition = any($2) order by due_at limit $3""";

    private static final int QUOTATION_COLUMNS = 8;
    private static final int PREVIOUS_COLUMNS = 11;
    private static final int PUBLISHED_COLUMNS = 4;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final DatabaseClient client;

    ReferenceStore(DatabaseClient client) {
        this.client = client;
    }

    /** What is stored of each of these; nothing of an asset that is not known. */
    Mono<List<Known>> read(Collection<ReferenceKey> keys) {
        return client.sql(READ)
                .bind(0, keys.stream().map(ReferenceKey::assetId).toArray(String[]::new))
                .bind(1, keys.stream().map(ReferenceKey::quote).toArray(String[]::new))
                .map(ReferenceStore::row)
                .all()
                .collect(
                        TreeMap<ReferenceKey, List<Row>>::new,
                        (byKey, row) -> byKey.computeIfAbsent(row.key, key -> new ArrayList<>())
                                .add(row))
                .map(byKey -> byKey.values().stream().map(ReferenceStore::known).toList())
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /** Those of these partitions that time has changed by now, and the partition of each. */
    Mono<Map<ReferenceKey, Integer>> due(Set<Integer> partitions, Instant now, int most) {
        return client.sql(DUE)
                .bind(0, utc(now))
                .bind(1, partitions.toArray(new Integer[0]))
                .bind(2, most)
                .map(row -> Map.entry(
                        new ReferenceKey(get(row, "asset_id", String.class), get(row, "quote", String.class)),
                        get(row, "partition", Integer.class)))
                .all()
                .<Map<ReferenceKey, Integer>>collect(TreeMap::new, (due, row) -> due.put(row.getKey(), row.getValue()))
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /**
     * Writes them, all or none.
     *
     * @param partitions the partition of each
     */
    Mono<Void> write(List<Computed> computed, Map<ReferenceKey, Integer> partitions) {
        if (computed.isEmpty()) {
            return Mono.empty();
        }
        List<Computed> rows = computed.stream().sorted(Computed.BY_KEY).toList();
        return Flux.defer(() -> bind(
                                client.sql(WRITE),
                                texts(rows, row -> row.key().assetId()),
                                texts(rows, row -> row.key().quote()),
                                texts(rows, row -> row.known().symbol()),
                                texts(rows, row -> row.known().name()),
                                numbers(rows, row -> row.reference().price()),
                                texts(rows, row -> row.reference().status().code()),
                                numbers(rows, row -> row.reference().dispersion()),
                                texts(rows, row -> SourcesJson.used(row.reference())),
                                texts(rows, row -> SourcesJson.excluded(row.reference())),
                                array(rows, Computed::unconfirmed, Boolean[]::new),
                                times(rows, Computed::observedAt),
                                times(rows, Computed::computedAt),
                                numbers(rows, row -> row.confirmed().price()),
                                times(rows, row -> row.confirmed().at()),
                                times(rows, Computed::dueUntilPublished),
                                array(rows, row -> requireNonNull(partitions.get(row.key())), Integer[]::new),
                                texts(rows, ReferenceStore::dueAtAsRead))
                        .map(row -> 1)
                        .all())
                .count()
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing())
                .flatMap(written ->
                        written == rows.size() ? Mono.empty() : Mono.error(overtaken(rows.size() - written)));
    }

    /** Takes note that these are published. */
    Mono<Void> published(List<Computed> computed) {
        if (computed.isEmpty()) {
            return Mono.empty();
        }
        List<Computed> rows = computed.stream().sorted(Computed.BY_KEY).toList();
        return Mono.defer(() -> bind(
                                client.sql(PUBLISHED),
                                texts(rows, row -> row.key().assetId()),
                                texts(rows, row -> row.key().quote()),
                                times(rows, Computed::computedAt),
                                times(rows, Computed::dueUntilPublished),
                                times(rows, Computed::dueAt))
                        .then())
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    private static @Nullable String dueAtAsRead(Computed computed) {
        Previous previous = computed.known().previous();
        return previous == null ? null : previous.dueAt();
    }

    private static IllegalStateException overtaken(long count) {
        return new IllegalStateException(
                "another instance has computed %d of these reference prices meanwhile".formatted(count));
    }

    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec statement, Object... arrays) {
        DatabaseClient.GenericExecuteSpec bound = statement;
        for (int i = 0; i < arrays.length; i++) {
            bound = bound.bind(i, arrays[i]);
        }
        return bound;
    }

    private static <T> @Nullable T[] array(
            List<Computed> rows, Function<Computed, @Nullable T> value, IntFunction<@Nullable T[]> create) {
        return rows.stream().map(value).toArray(create);
    }

    private static @Nullable String[] texts(List<Computed> rows, Function<Computed, @Nullable String> value) {
        return array(rows, value, String[]::new);
    }

    private static @Nullable BigDecimal[] numbers(List<Computed> rows, Function<Computed, @Nullable BigDecimal> value) {
        return array(rows, value, BigDecimal[]::new);
    }

    private static @Nullable OffsetDateTime[] times(List<Computed> rows, Function<Computed, @Nullable Instant> value) {
        return array(
                rows,
                row -> {
                    Instant time = value.apply(row);
                    return time == null ? null : utc(time);
                },
                OffsetDateTime[]::new);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Known known(List<Row> rows) {
        Row first = rows.getFirst();
        List<Quotation> quotations = rows.stream()
                .map(Row::quotation)
                .<Quotation>mapMulti((quotation, known) -> {
                    if (quotation != null) {
                        known.accept(quotation);
                    }
                })
                .toList();
        return new Known(first.key, first.symbol, first.name, quotations, first.previous);
    }

    private static Row row(Readable row) {
        Cells cells = new Cells(row);
        return new Row(
                new ReferenceKey(cells.text(), cells.text()),
                cells.text(),
                cells.text(),
                cells.group(QUOTATION_COLUMNS, ReferenceStore::quotation),
                cells.group(PREVIOUS_COLUMNS, ReferenceStore::previous));
    }

    private static Quotation quotation(Cells cells) {
        return new Quotation(
                cells.text(),
                cells.text(),
                cells.text(),
                cells.number(),
                cells.numberOrNull(),
                cells.time(),
                cells.time(),
                cells.truth());
    }

    private static Previous previous(Cells cells) {
        BigDecimal price = cells.number();
        boolean unconfirmed = cells.truth();
        Instant observedAt = cells.time();
        Instant computedAt = cells.time();
        Confirmed confirmed = new Confirmed(cells.number(), cells.time());
        String dueAt = cells.textOrNull();
        Published published = cells.group(PUBLISHED_COLUMNS, ReferenceStore::published);
        return new Previous(price, unconfirmed, observedAt, computedAt, confirmed, published, dueAt);
    }

    private static Published published(Cells cells) {
        return new Published(cells.number(), cells.text(), cells.truth(), cells.time());
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }

    /** One source's price of a key, or none, and what is known of the key. */
    private record Row(
            ReferenceKey key,
            String symbol,
            String name,
            @Nullable Quotation quotation,
            @Nullable Previous previous) {}
}
