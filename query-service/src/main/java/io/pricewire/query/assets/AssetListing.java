package io.pricewire.query.assets;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Assets by their ids. */
final class AssetListing implements Listing<AssetView> {

    private final @Nullable Set<String> symbols;
    private final @Nullable String text;
    private final DatabaseClient client;

    /**
     * @param symbols which symbols they bear, in capitals; null is whichever
     * @param text what their id, symbol or name contains, in upper or lower case; null is whatever
     */
    AssetListing(@Nullable Set<String> symbols, @Nullable String text, DatabaseClient client) {
        this.symbols = symbols;
        this.text = text;
        this.client = client;
    }

    @Override
    public Mono<List<AssetView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.add("asset_id > " + values.add(after.get(0)));
        }
        String sql = "select asset_id, symbol, name from asset where %s order by asset_id offset %s limit %s"
                .formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client)
                .map(row -> new AssetView(
                        requireNonNull(row.get(0, String.class)),
                        requireNonNull(row.get(1, String.class)),
                        requireNonNull(row.get(2, String.class))))
                .all()
                .collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind("select count(*) from asset where " + wanted(values).sql(), client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(AssetView row) {
        return Cursor.of(row.assetId());
    }

    @Override
    public int partsOfPlace() {
        return 1;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.oneOf("symbol", symbols);
        if (text != null) {
            String part = values.add(text.toLowerCase(Locale.ROOT));
            wanted.add("(position(%1$s in lower(asset_id)) > 0 or position(%1$s in lower(symbol)) > 0"
                    .concat(" or position(%1$s in lower(name)) > 0)")
                    .formatted(part));
        }
        return wanted;
    }
}
