package io.pricewire.query.sources;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What one source offers, by the source's own ids. */
final class OfferListing implements Listing<OfferView> {

    private final String source;
    private final DatabaseClient client;

    OfferListing(String source, DatabaseClient client) {
        this.source = source;
        this.client = client;
    }

    @Override
    public Mono<List<OfferView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = new Conditions(values);
        wanted.add("o.source = " + values.add(source));
        if (after != null) {
            wanted.add("o.source_asset_id > " + values.add(after.get(0)));
        }
        String sql = """
                select o.source_asset_id, o.symbol, o.name, a.asset_id, o.quotes, o.described_at
                from source_asset o left join asset_alias a using (source, source_asset_id)
                where %s order by o.source_asset_id offset %s limit %s""".formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client).map(OfferListing::read).all().collectList();
    }

    private static OfferView read(Readable row) {
        return new OfferView(
                requireNonNull(row.get("source_asset_id", String.class)),
                requireNonNull(row.get("symbol", String.class)),
                requireNonNull(row.get("name", String.class)),
                row.get("asset_id", String.class),
                List.of(requireNonNull(row.get("quotes", String[].class))),
                requireNonNull(row.get("described_at", Instant.class)));
    }

    @Override
    public Mono<Long> count() {
        return client.sql("select count(*) from source_asset where source = $1")
                .bind(0, source)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(OfferView row) {
        return Cursor.of(row.sourceAssetId());
    }

    @Override
    public int partsOfPlace() {
        return 1;
    }
}
