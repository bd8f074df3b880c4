package io.pricewire.query.history;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The observations of an asset, newest first. For each name that the asset bears at a source it walks the key of the
 * history from the newest row back, and stops when it has enough; so a part costs the same however long the history is.
 */
final class HistoryListing implements Listing<ObservationView> {

    private static final String KEY = "h.source, h.source_asset_id, h.quote, h.interval";
    private static final String ORDER = " order by observed_at desc, source, source_asset_id, quote, interval limit ";
    private static final int PARTS_OF_PLACE = 5;

    private final HistoryRequest request;
    private final DatabaseClient client;

    HistoryListing(HistoryRequest request, DatabaseClient client) {
        this.request = request;
        this.client = client;
    }

    @Override
    public Mono<List<ObservationView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        String aliases = aliases(values).sql();
        Conditions rows = rows(values);
        if (after != null) {
            String key = "%s, %s, %s, %s"
                    .formatted(
                            values.add(after.get(1)),
                            values.add(after.get(2)),
                            values.add(after.get(3)),
                            values.add(after.get(4)));
            rows.laterFirst("h.observed_at", after.time(0), KEY, key);
        }
        String most = values.add(offset + limit);
        String sql = "select h.* from asset_alias a cross join lateral (select * from price_history h where "
                + rows.sql() + ORDER + most + ") h where " + aliases + ORDER + most + " offset " + values.add(offset);
        return values.bind(sql, client).map(ObservationRow::read).all().collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        String sql = "select count(*) from asset_alias a join price_history h on %s where %s"
                .formatted(rows(values).sql(), aliases(values).sql());
        return values.bind(sql, client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(ObservationView row) {
        return Cursor.of(row.observedAt().toString(), row.source(), row.sourceAssetId(), row.quote(), row.interval());
    }

    @Override
    public int partsOfPlace() {
        return PARTS_OF_PLACE;
    }

    private Conditions aliases(Values values) {
        Conditions aliases = new Conditions(values);
        aliases.equal("a.asset_id", request.asset());
        aliases.oneOf("a.source", request.sources());
        return aliases;
    }

    private Conditions rows(Values values) {
        Conditions rows = new Conditions(values);
        rows.add("h.source = a.source and h.source_asset_id = a.source_asset_id");
        rows.oneOf("h.quote", request.quotes());
        rows.oneOf("h.interval", request.intervals());
        rows.between("h.observed_at", request.from(), request.to());
        return rows;
    }
}
