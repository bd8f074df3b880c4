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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads the newest price of a key back, as it was published. */
final class NewestPrices {

    private static final String SELECT =
            """
            select source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at, observed_at_assumed,
              ingested_at, event_id::text, run_id::text, origin,
              (extract(epoch from stale_after) * 1000)::bigint as stale_after_ms, rank, %s
            from price_latest
            """.formatted(Stream.of(Figure.values()).map(Figure::column).collect(Collectors.joining(", ")));

    /** Told again for a while: who was told may have been killed before it could tell others. */
    private static final String MOVED_LATELY = SELECT + """
            where (source, source_asset_id) in (
              select source, source_asset_id from asset_alias_decision
              where moved_at > now() - interval '10 minutes' and previous_asset_id <> asset_id)""";

    private static final String KEYED = SELECT + """
            where (source, source_asset_id, quote) in (select * from unnest($1::text[], $2::text[], $3::text[]))""";

    private final DatabaseClient client;

    NewestPrices(DatabaseClient client) {
        this.client = client;
    }

    /** Those of all that was moved a short time ago. */
    Mono<List<Price>> movedLately() {
        return client.sql(MOVED_LATELY).map(NewestPrices::price).all().collectList();
    }

    /** Those of these keys. */
    Mono<List<Price>> of(Collection<LatestKey> keys) {
        return client.sql(KEYED)
                .bind(0, texts(keys, LatestKey::source))
                .bind(1, texts(keys, LatestKey::sourceAssetId))
                .bind(2, texts(keys, LatestKey::quote))
                .map(NewestPrices::price)
                .all()
                .collectList();
    }

    private static String[] texts(Collection<LatestKey> keys, Function<LatestKey, String> part) {
        return keys.stream().map(part).toArray(String[]::new);
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
