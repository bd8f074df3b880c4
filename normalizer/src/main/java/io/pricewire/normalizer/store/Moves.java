package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.Price;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Moves what is stored of a source's asset to the canonical asset that it was decided to be of by now. Whoever writes a
 * price takes its asset from the decisions as they are then; so once all who began before the decision have ended,
 * nothing is stored under the old asset any more.
 */
public final class Moves {

    private static final String UNMOVED =
            "select decision_id from asset_alias_decision where moved_at is null order by decided_at limit 1000";

    /** Is granted when all who write now have ended, and given back at once; in the order in which they lock. */
    private static final String BARRIER = "lock table price_history, price_latest in share row exclusive mode";

    private static final String MOVE = """
            update %s p set asset_id = a.asset_id
            from asset_alias a
              join (select distinct source, source_asset_id from asset_alias_decision where decision_id = any($1::uuid[])) d
                using (source, source_asset_id)
            where p.source = a.source and p.source_asset_id = a.source_asset_id and p.asset_id <> a.asset_id""";

    private static final String DONE =
            "update asset_alias_decision set moved_at = now() where decision_id = any($1::uuid[])";

    /** Told again for a while: who was told may have been killed before it could tell others. */
    private static final String MOVED =
            """
            select source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at, observed_at_assumed,
              ingested_at, event_id::text, run_id::text, origin,
              (extract(epoch from stale_after) * 1000)::bigint as stale_after_ms, rank, %s
            from price_latest
            where (source, source_asset_id) in (
              select source, source_asset_id from asset_alias_decision
              where moved_at > now() - interval '10 minutes' and previous_asset_id <> asset_id)""".formatted(Stream.of(Figure.values()).map(Figure::column).collect(Collectors.joining(", ")));

    private static final java.time.Duration TIMEOUT = java.time.Duration.ofMinutes(5);

    private final DatabaseClient client;
    private final TransactionalOperator transaction;

    public Moves(DatabaseClient client, TransactionalOperator transaction) {
        this.client = client;
        this.transaction = transaction;
    }

    /**
     * Moves what is to be moved.
     *
     * @return the latest prices of all that was moved just now or a short time ago
     */
    public Mono<List<Price>> complete() {
        return client.sql(UNMOVED)
                .map(row -> requireNonNull(row.get(0, UUID.class)).toString())
                .all()
                .collectList()
                .flatMap(decisions -> decisions.isEmpty() ? Mono.empty() : move(decisions.toArray(new String[0])))
                .then(client.sql(MOVED).map(Moves::price).all().collectList())
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    private Mono<Void> move(String[] decisions) {
        return client.sql(BARRIER)
                .then()
                .as(transaction::transactional)
                .then(execute(MOVE.formatted("price_history"), decisions))
                .then(execute(MOVE.formatted("price_latest"), decisions))
                .then(execute(DONE, decisions));
    }

    private Mono<Void> execute(String sql, String[] decisions) {
        return client.sql(sql).bind(0, decisions).then();
    }

    private static Price price(Readable row) {
        Integer rank = row.get("rank", Integer.class);
        Figures.Builder figures = Figures.newBuilder();
        for (Figure figure : Figure.values()) {
            BigDecimal number = row.get(figure.column(), BigDecimal.class);
            if (number != null) {
                figures.setField(field(figure), decimal(number));
            }
        }
        if (rank != null) {
            figures.setRank(rank);
        }
        long staleAfter = get(row, "stale_after_ms", Long.class);
        return Price.newBuilder()
                .setEventId(get(row, "event_id", String.class))
                .setAssetId(get(row, "asset_id", String.class))
                .setSource(get(row, "source", String.class))
                .setSourceAssetId(get(row, "source_asset_id", String.class))
                .setSymbol(get(row, "symbol", String.class))
                .setName(get(row, "name", String.class))
                .setQuote(get(row, "quote", String.class))
                .setInterval(get(row, "interval", String.class))
                .setObservedAt(timestamp(get(row, "observed_at", Instant.class)))
                .setObservedAtAssumed(get(row, "observed_at_assumed", Boolean.class))
                .setIngestedAt(timestamp(get(row, "ingested_at", Instant.class)))
                .setStaleAfter(Duration.newBuilder()
                        .setSeconds(Math.floorDiv(staleAfter, 1_000L))
                        .setNanos((int) Math.floorMod(staleAfter, 1_000L) * 1_000_000))
                .setOrigin(Origin.valueOf(
                        "ORIGIN_" + get(row, "origin", String.class).toUpperCase(Locale.ROOT)))
                .setRunId(get(row, "run_id", String.class))
                .setFigures(figures)
                .build();
    }

    private static FieldDescriptor field(Figure figure) {
        return requireNonNull(Figures.getDescriptor().findFieldByName(figure.column()));
    }

    private static Decimal decimal(BigDecimal number) {
        return Decimal.newBuilder().setDigits(number.toPlainString()).build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
