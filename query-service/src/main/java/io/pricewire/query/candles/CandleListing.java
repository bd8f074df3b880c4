package io.pricewire.query.candles;

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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The candles of an asset, oldest first: stored ones, and of those of shorter intervals that lie in no stored one the sum,
 * which is exact, as an interval is made of whole ones of each of its parts.
 *
 * <p>A part costs what it holds: of each name of the asset at a source, quote currency and interval it walks the key from
 * the place on, and reads at most as many rows as fit into the candles that are wanted. Where there are more, those that
 * were read fill as many candles as are wanted, or more.
 */
final class CandleListing implements Listing<CandleView> {

    private static final int PARTS_OF_PLACE = 4;

    private final CandleRequest request;
    private final DatabaseClient client;

    CandleListing(CandleRequest request, DatabaseClient client) {
        this.request = request;
        this.client = client;
    }

    @Override
    public Mono<List<CandleView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        return values.bind(sql(values, after, offset, limit), client)
                .map(this::candle)
                .all()
                .collectList();
    }

    /**
     * The statement that reads some of its rows, and leaves out the parts that lie in a longer one. As none of them is cut by
     * a longer one, a part lies in a longer one where one that opened before it, or with it, ends after it.
     */
    String sql(Values values, @Nullable Cursor after, long offset, int limit) {
        Instant from = opening(request.from());
        String place = "true";
        long candles = offset + limit;
        if (after != null) {
            from = timeOf(after);
            place = "(opened_at, source, source_asset_id, quote) > (%s, %s, %s, %s)"
                    .formatted(
                            values.add(from),
                            values.add(after.get(1)),
                            values.add(after.get(2)),
                            values.add(after.get(3)));
            candles++; // the one at the place
        }
        return """
                with recursive %1$s,
                sums as (
                  select s.*, c.*
                  from series s cross join lateral (
                    select %2$s as opened_at, min(part.opened_at) as first_part, max(part.opened_at) as last_part,
                      case when count(high) = count(*) then max(high) end as high,
                      case when count(low) = count(*) then min(low) end as low,
                      case when count(volume_base) = count(*) then sum(volume_base) end as volume_base,
                      case when count(volume_quote) = count(*) then sum(volume_quote) end as volume_quote,
                      max(last_at) as last_at, bool_or(from_bar and minutes = %3$d) as from_bar
                    from (
                      select *, max(opened_at + minutes * interval '1 minute') over (
                        order by opened_at, minutes desc rows between unbounded preceding and 1 preceding) as covered_to
                      from (%4$s) stored
                    ) part
                    where covered_to is null or covered_to <= part.opened_at
                    group by %2$s
                  ) c
                  where %5$s
                  order by opened_at, source, source_asset_id, quote offset %6$s limit %7$s
                )
                select c.*, first_stored.open, last_stored.close
                from sums c %8$s %9$s
                order by c.opened_at, c.source, c.source_asset_id, c.quote""".formatted(
                        series(values),
                        bucket("part"),
                        request.interval().minutes(),
                        stored(values, from, candles),
                        place,
                        values.add(offset),
                        values.add(limit),
                        longest("first", "open"),
                        longest("last", "close"));
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        String sql =
                request.interval().minutes() < Interval.HOUR.minutes() ? countByParts(values) : countByWalk(values);
        return values.bind(sql, client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    /** Reads every part: cheaper than a walk where a candle has few of them. */
    private String countByParts(Values values) {
        return """
                with recursive %s
                select count(*) from (
                  select distinct source, source_asset_id, quote, %s
                  from series join price_candle c using (source, source_asset_id, quote)
                  where c.interval = any(%s) and %s
                ) candle""".formatted(
                series(values),
                bucket("c"),
                values.add(
                        request.interval().parts().stream().map(Interval::code).toArray(String[]::new)),
                times(values, opening(request.from())));
    }

    /** Goes from each candle to the next, through the key, so that it costs what there are candles and not their minutes. */
    String countByWalk(Values values) {
        String length = "interval '%d minutes'".formatted(request.interval().minutes());
        return """
                with recursive %1$s,
                candle as (
                  select source, source_asset_id, quote, %2$s as opened_at from series s
                  union all
                  select source, source_asset_id, quote, %3$s from candle s where opened_at is not null
                )
                select count(opened_at) from candle""".formatted(
                        series(values),
                        firstOpening(times(values, opening(request.from()))),
                        firstOpening("c.opened_at >= s.opened_at + %s and %s".formatted(length, times(values, null))));
    }

    /** When the first candle of a series opens whose parts opened in these times; null where there is none. */
    private String firstOpening(String times) {
        return request.interval().parts().stream()
                .map(part -> """
                        (select opened_at from price_candle c
                        where c.source = s.source and c.source_asset_id = s.source_asset_id and c.quote = s.quote
                          and c.interval = '%s' and %s
                        order by c.opened_at limit 1)""".formatted(part.code(), times))
                .collect(Collectors.joining(
                        " union all ", "(select min(%s) from (".formatted(bucket("part")), ") part)"));
    }

    @Override
    public Cursor placeOf(CandleView row) {
        return Cursor.of(row.openedAt().toString(), row.source(), row.sourceAssetId(), row.quote());
    }

    @Override
    public int partsOfPlace() {
        return PARTS_OF_PLACE;
    }

    private Instant timeOf(Cursor place) {
        Instant time = place.time(0);
        if (!request.interval().openingFrom(time).equals(time)) {
            throw Paging.badCursor();
        }
        return time;
    }

    private @Nullable Instant opening(@Nullable Instant time) {
        return time == null ? null : request.interval().openingFrom(time);
    }

    /** The names of the asset at the sources, and the quotes of each, found by going from one to the next in the key. */
    private String series(Values values) {
        Conditions quotes = new Conditions(values);
        quotes.oneOf("quote", request.quotes());
        return """
                names as (
                  select source, source_asset_id from asset_alias where asset_id = %1$s and source = any(%2$s)
                  union all
                  select '%3$s', %1$s where '%3$s' = any(%2$s)
                ),
                found as (
                  select source, source_asset_id, (
                    select min(c.quote) from price_candle c
                    where c.source = n.source and c.source_asset_id = n.source_asset_id) as quote
                  from names n
                  union all
                  select source, source_asset_id, (
                    select min(c.quote) from price_candle c
                    where c.source = f.source and c.source_asset_id = f.source_asset_id and c.quote > f.quote)
                  from found f where f.quote is not null
                ),
                series as (select * from found where quote is not null and %4$s)""".formatted(
                        values.add(request.asset()) + "::text",
                        values.add(request.sources().toArray(new String[0])) + "::text[]",
                        CandleRequest.REFERENCE,
                        quotes.sql());
    }

    /** The stored candles of a series that fill so many candles, and perhaps more; of two that cut each other the longer. */
    private String stored(Values values, @Nullable Instant from, long candles) {
        String times = times(values, from);
        return request.interval().parts().stream()
                .map(part -> """
                        (select opened_at, %d as minutes, high, low, volume_base, volume_quote, last_at, from_bar
                        from price_candle c
                        where c.source = s.source and c.source_asset_id = s.source_asset_id and c.quote = s.quote
                          and c.interval = '%s' and %s
                          %s
                        order by c.opened_at limit %s)""".formatted(
                                part.minutes(),
                                part.code(),
                                times,
                                uncut(part),
                                values.add(candles * part.perCandleOf(request.interval()))))
                .collect(Collectors.joining(" union all "));
    }

    private String uncut(Interval part) {
        return request.interval().parts().stream()
                .filter(part::isCutBy)
                .map(longer -> """
                        and not exists (
                          select from price_candle l
                          where l.source = c.source and l.source_asset_id = c.source_asset_id and l.quote = c.quote
                            and l.interval = '%s' and l.opened_at > c.opened_at - interval '%d minutes'
                            and l.opened_at < c.opened_at + interval '%d minutes')""".formatted(longer.code(), longer.minutes(), part.minutes()))
                .collect(Collectors.joining(" "));
    }

    /** Joins of a candle's first or last part the longest, in which the others of that time lie. */
    private String longest(String end, String price) {
        String longestFirst = request.interval().parts().reversed().stream()
                .map(Interval::code)
                .collect(Collectors.joining(","));
        return """
                cross join lateral (
                  select p.%1$s from price_candle p
                  where p.source = c.source and p.source_asset_id = c.source_asset_id and p.quote = c.quote
                    and p.interval = any('{%2$s}') and p.opened_at = c.%3$s_part
                  order by array_position('{%2$s}', p.interval) limit 1
                ) %3$s_stored""".formatted(price, longestFirst, end);
    }

    private String times(Values values, @Nullable Instant from) {
        Conditions times = new Conditions(values);
        times.between("c.opened_at", from, opening(request.to()));
        return times.sql();
    }

    private String bucket(String table) {
        return "date_bin(interval '%d minutes', %s.opened_at, timestamptz '2001-01-01T00:00:00Z')"
                .formatted(request.interval().minutes(), table);
    }

    private CandleView candle(Readable row) {
        return new CandleView(
                request.asset(),
                get(row, "source", String.class),
                get(row, "source_asset_id", String.class),
                get(row, "quote", String.class),
                request.interval().code(),
                get(row, "opened_at", Instant.class),
                row.get("open", BigDecimal.class),
                row.get("high", BigDecimal.class),
                row.get("low", BigDecimal.class),
                get(row, "close", BigDecimal.class),
                row.get("volume_base", BigDecimal.class),
                row.get("volume_quote", BigDecimal.class),
                get(row, "last_at", Instant.class),
                get(row, "from_bar", Boolean.class));
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
