package io.pricewire.query.reference;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reference prices in one of their orders. */
final class ReferenceListing implements Listing<ReferenceView> {

    private static final Parameter<Set<String>> ASSET = Parameter.list("asset", "Only of these assets.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only of assets that bear one of these symbols.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<Set<String>> STATUS = Parameter.choices(
            "status",
            "Only with these statuses: ok, degraded, divergent, stale.",
            List.of("ok", "degraded", "divergent", "stale"));
    private static final Parameter<String> SORT = Parameter.choice(
            "sort",
            "What the list is sorted by: symbol unless given. Unknown values come last.",
            ReferenceOrder.names());

    static final Parameters PARAMETERS = Parameters.of(ASSET, SYMBOL, QUOTE, STATUS, SORT);

    private final Arguments arguments;
    private final ReferenceOrder order;
    private final Instant now;
    private final DatabaseClient client;

    /** @param now as of when the prices are shown */
    ReferenceListing(Arguments arguments, Instant now, DatabaseClient client) {
        this.arguments = arguments;
        this.now = now;
        this.order = ReferenceOrder.named(arguments.get(SORT, ReferenceOrder.DEFAULT));
        this.client = client;
    }

    @Override
    public Mono<List<ReferenceView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.add(order.after(after, values));
        }
        String sql = "select %s from price_reference where %s order by %s offset %s limit %s"
                .formatted(ReferenceRow.COLUMNS, wanted.sql(), order.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client)
                .map(row -> ReferenceRow.read(row).asOf(now))
                .all()
                .collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from price_reference where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(ReferenceView row) {
        return order.placeOf(row);
    }

    @Override
    public int partsOfPlace() {
        return 4;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.oneOf("asset_id", arguments.find(ASSET));
        wanted.oneOf("symbol", arguments.find(SYMBOL));
        wanted.oneOf("quote", arguments.find(QUOTE));
        if (arguments.has(STATUS)) {
            wanted.oneOf(ReferenceRow.statusAt(values.add(now)), arguments.find(STATUS));
        }
        return wanted;
    }
}
