package io.pricewire.query.assets;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Symbols in the order of the alphabet. */
final class SymbolListing implements Listing<SymbolView> {

    private final DatabaseClient client;

    SymbolListing(DatabaseClient client) {
        this.client = client;
    }

    @Override
    public Mono<List<SymbolView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = new Conditions(values);
        wanted.add("symbol > " + values.add(after == null ? "" : after.get(0)));
        String sql = """
                select symbol, array_agg(asset_id order by asset_id) from asset where %s
                group by symbol order by symbol offset %s limit %s""".formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client)
                .map(row -> new SymbolView(
                        requireNonNull(row.get(0, String.class)), List.of(requireNonNull(row.get(1, String[].class)))))
                .all()
                .collectList();
    }

    @Override
    public Mono<Long> count() {
        return client.sql("select count(distinct symbol) from asset where symbol > ''")
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(SymbolView row) {
        return Cursor.of(row.symbol());
    }

    @Override
    public int partsOfPlace() {
        return 1;
    }
}
