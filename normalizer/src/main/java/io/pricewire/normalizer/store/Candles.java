package io.pricewire.normalizer.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Candles of prices that are no observations, as the reference price. They are made of what is merged into them: the same
 * again changes nothing, and what comes late is put in its place. Of two prices of one instant the one that is merged later
 * is the first, or the last, of its minute, and both count for the highest and the lowest.
 */
public final class Candles {

    private static final RowSet<Tick> TICKS = new RowSet<>(
            "history",
            List.of(
                    Column.text("source", Tick::source),
                    Column.text("source_asset_id", Tick::sourceAssetId),
                    Column.text("quote", Tick::quote),
                    Column.text("interval", tick -> "tick"),
                    Tables.time("observed_at", Tick::at),
                    Column.text("asset_id", Tick::assetId),
                    new Column<>("price", "numeric", BigDecimal.class, Tick::price)));

    private static final String SQL =
            "with " + TICKS.commonTableExpression(1) + ",\n" + CandleStatement.ofTicks() + "\nselect 1 where false";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final DatabaseClient client;

    public Candles(DatabaseClient client) {
        this.client = client;
    }

    /**
     * Merges these prices into the candles of their minutes, in one statement. Where Postgres is away or asks to try again
     * it does, for some minutes.
     */
    public Mono<Void> merge(Collection<Tick> ticks) {
        Map<Tick, Tick> last = new TreeMap<>(Tick.BY_TIME);
        for (Tick tick : ticks) {
            last.remove(tick);
            last.put(tick, tick);
        }
        return last.isEmpty() ? Mono.empty() : execute(List.copyOf(last.values()));
    }

    private Mono<Void> execute(List<Tick> ticks) {
        return Mono.defer(() -> {
                    DatabaseClient.GenericExecuteSpec statement = client.sql(SQL);
                    int parameter = 0;
                    for (Object array : TICKS.arrays(ticks)) {
                        statement = statement.bind(parameter++, array);
                    }
                    return statement.then();
                })
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /**
     * A price at an instant.
     *
     * @param source under which name its candle is kept: {@code reference}
     * @param sourceAssetId the source's own id of the asset; the canonical one for the reference price
     * @param assetId the canonical asset
     */
    public record Tick(
            String source, String sourceAssetId, String assetId, String quote, Instant at, BigDecimal price) {

        private static final Comparator<Tick> BY_TIME = Comparator.comparing(Tick::source)
                .thenComparing(Tick::sourceAssetId)
                .thenComparing(Tick::quote)
                .thenComparing(Tick::at);
    }
}
