package io.pricewire.query.assets;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What sources call assets, by source and id. */
final class AliasListing implements Listing<AliasView> {

    private static final Parameter<Set<String>> STATUS = Parameter.choices(
            "status", "Only with these statuses: decided, ambiguous.", List.of("decided", "ambiguous"));
    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only of these sources.");
    private static final Parameter<Set<String>> SOURCE_ASSET_ID =
            Parameter.list("source_asset_id", "Only with these ids of the source's own.");
    private static final Parameter<Set<String>> ASSET = Parameter.list("asset", "Only those that mean these assets.");

    static final Parameters PARAMETERS = Parameters.of(STATUS, SOURCE, SOURCE_ASSET_ID, ASSET);

    private final Arguments arguments;
    private final DatabaseClient client;

    AliasListing(Arguments arguments, DatabaseClient client) {
        this.arguments = arguments;
        this.client = client;
    }

    @Override
    public Mono<List<AliasView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.add("(source, source_asset_id) > (%s, %s)"
                    .formatted(values.add(after.get(0)), values.add(after.get(1))));
        }
        String sql = "select * from asset_alias where %s order by source, source_asset_id offset %s limit %s"
                .formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client).map(Aliases::read).all().collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from asset_alias where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(AliasView row) {
        return Cursor.of(row.source(), row.sourceAssetId());
    }

    @Override
    public int partsOfPlace() {
        return 2;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.oneOf("status", arguments.find(STATUS));
        wanted.oneOf("source", arguments.find(SOURCE));
        wanted.oneOf("source_asset_id", arguments.find(SOURCE_ASSET_ID));
        wanted.oneOf("asset_id", arguments.find(ASSET));
        return wanted;
    }
}
