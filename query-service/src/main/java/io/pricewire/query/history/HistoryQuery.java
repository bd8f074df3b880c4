package io.pricewire.query.history;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The SQL for a request. For each name that the asset bears at a source it walks the key of the history from the newest
 * row back, and stops when it has enough; so a part costs the same however long the history is.
 */
final class HistoryQuery {

    private static final String ORDER = " order by observed_at desc, source, source_asset_id, quote, interval limit ";

    private final List<Object> values = new ArrayList<>();
    private final StringBuilder aliases = new StringBuilder("a.asset_id = ");
    private final StringBuilder rows =
            new StringBuilder("h.source = a.source and h.source_asset_id = a.source_asset_id");

    HistoryQuery(HistoryRequest request) {
        aliases.append(parameter(request.asset()));
        oneOf(aliases, "a.source", request.sources());
        oneOf(rows, "h.quote", request.quotes());
        oneOf(rows, "h.interval", request.intervals());
        compare("h.observed_at >= ", request.from());
        compare("h.observed_at < ", request.to());
    }

    /** Leaves out what stands at or before this place. */
    void after(HistoryCursor cursor) {
        String time = parameter(cursor.observedAt().atOffset(ZoneOffset.UTC));
        rows.append(" and h.observed_at <= ").append(time);
        rows.append(" and (h.observed_at < ").append(time);
        rows.append(" or (h.source, h.source_asset_id, h.quote, h.interval) > (");
        rows.append(parameter(cursor.source()))
                .append(", ")
                .append(parameter(cursor.sourceAssetId()))
                .append(", ");
        rows.append(parameter(cursor.quote()))
                .append(", ")
                .append(parameter(cursor.interval()))
                .append("))");
    }

    /** So many rows from this one on. */
    DatabaseClient.GenericExecuteSpec rows(DatabaseClient client, long offset, int limit) {
        String most = parameter(offset + limit);
        return bind(client.sql("select h.* from asset_alias a cross join lateral (select * from price_history h where "
                + rows + ORDER + most + ") h where " + aliases + ORDER + most + " offset " + parameter(offset)));
    }

    DatabaseClient.GenericExecuteSpec count(DatabaseClient client) {
        return bind(
                client.sql("select count(*) from asset_alias a join price_history h on " + rows + " where " + aliases));
    }

    private void oneOf(StringBuilder conditions, String column, @Nullable Set<String> accepted) {
        if (accepted != null) {
            conditions.append(" and %s = any(%s)".formatted(column, parameter(accepted.toArray(new String[0]))));
        }
    }

    private void compare(String comparison, @Nullable Instant time) {
        if (time != null) {
            rows.append(" and ").append(comparison).append(parameter(time.atOffset(ZoneOffset.UTC)));
        }
    }

    private String parameter(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    private DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec statement) {
        DatabaseClient.GenericExecuteSpec bound = statement;
        for (int i = 0; i < values.size(); i++) {
            bound = bound.bind(i, values.get(i));
        }
        return bound;
    }
}
