package io.pricewire.query.metrics;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Paging;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The metrics of assets, each at each source in each quote currency. They are worked out when they are asked for, and of
 * the rows of the part only, but for what the part is sorted by: that is worked out of each of the latest prices that are
 * asked for, which is one look into the history for a change, a day of it for the highest and the lowest price, and 31 looks
 * for volatility.
 */
final class MetricsListing implements Listing<MetricsView> {

    private static final int PARTS_OF_PLACE = 5;

    private final @Nullable String asset;
    private final @Nullable Set<String> sources;
    private final @Nullable Set<String> quotes;
    private final MetricsOrder order;
    private final DatabaseClient client;

    /**
     * @param asset of which asset; null for all
     * @param sources at which sources; null for all
     * @param quotes in which quote currencies; null for all
     */
    MetricsListing(
            @Nullable String asset,
            @Nullable Set<String> sources,
            @Nullable Set<String> quotes,
            MetricsOrder order,
            DatabaseClient client) {
        this.asset = asset;
        this.sources = sources;
        this.quotes = quotes;
        this.order = order;
        this.client = client;
    }

    @Override
    public Mono<List<MetricsView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        return values.bind(sql(values, after, offset, limit), client)
                .map(MetricsListing::metrics)
                .all()
                .collectList();
    }

    /** The statement that reads some of its rows. */
    String sql(Values values, @Nullable Cursor after, long offset, int limit) {
        String direction = order.isDescending() ? "desc" : "asc";
        return """
                with wanted as (
                  select * from (
                    select l.*, %1$s as place from price_latest l %2$s where %3$s
                  ) l
                  where %4$s
                  order by place %5$s nulls last, source, source_asset_id, quote offset %6$s limit %7$s
                )
                select w.*, %8$s
                from wanted w %9$s
                order by place %5$s nulls last, w.source, w.source_asset_id, w.quote""".formatted(
                        order.sql(),
                        order.join(),
                        wanted(values).sql(),
                        after == null ? "true" : later(values, after),
                        direction,
                        values.add(offset),
                        values.add(limit),
                        Stream.concat(
                                        Stream.of(Window.values())
                                                .map(window -> window.change("w") + " as past_" + window.column()),
                                        Stream.of(
                                                Worked.share("w") + " as market_share_pct",
                                                Worked.VOLATILITY + " as volatility",
                                                Worked.HIGH + " as extreme_high",
                                                Worked.LOW + " as extreme_low"))
                                .collect(Collectors.joining(", ")),
                        Stream.concat(
                                        Stream.of(Window.values()).map(window -> window.price("w")),
                                        Stream.of(Worked.volatility("w"), Worked.extremes("w"), Worked.totals("w")))
                                .collect(Collectors.joining("\n")));
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from price_latest l where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(MetricsView row) {
        return Cursor.of(order.name(), order.text(row), row.source(), row.sourceAssetId(), row.quote());
    }

    @Override
    public int partsOfPlace() {
        return PARTS_OF_PLACE;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.equal("l.asset_id", asset);
        wanted.oneOf("l.source", sources);
        wanted.oneOf("l.quote", quotes);
        return wanted;
    }

    /** Whether a row stands after a place. */
    private String later(Values values, Cursor place) {
        if (!place.get(0).equals(order.name())) {
            throw Paging.badCursor();
        }
        String key = "(source, source_asset_id, quote) > (%s, %s, %s)"
                .formatted(values.add(place.get(2)), values.add(place.get(3)), values.add(place.get(4)));
        String text = place.find(1);
        if (text == null) {
            return "place is null and " + key;
        }
        return "(place is null or place %s %s or (place = %2$s and %s))"
                .formatted(
                        order.isDescending() ? "<" : ">",
                        values.add(order.read().apply(text)),
                        key);
    }

    private static MetricsView metrics(Readable row) {
        return new MetricsView(
                get(row, "asset_id", String.class),
                get(row, "symbol", String.class),
                get(row, "name", String.class),
                get(row, "source", String.class),
                get(row, "source_asset_id", String.class),
                get(row, "quote", String.class),
                get(row, "observed_at", Instant.class),
                get(row, "price", BigDecimal.class),
                number(row, "market_cap"),
                number(row, "market_share_pct"),
                number(row, "past_" + Window.HOUR.column()),
                number(row, "past_" + Window.DAY.column()),
                number(row, "past_" + Window.WEEK.column()),
                number(row, "past_" + Window.MONTH.column()),
                number(row, "volatility"),
                number(row, "extreme_high"),
                number(row, "extreme_low"));
    }

    private static @Nullable BigDecimal number(Readable row, String column) {
        return row.get(column, BigDecimal.class);
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
