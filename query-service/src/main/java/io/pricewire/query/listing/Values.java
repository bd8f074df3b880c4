package io.pricewire.query.listing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;

/** The values of a statement, in the order of their parameters. */
public final class Values {

    private final List<Object> values = new ArrayList<>();

    /** Adds a value; returns its parameter, as it stands in the statement. */
    public String add(Object value) {
        values.add(value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        return "$" + values.size();
    }

    /** The statement with these values. */
    public DatabaseClient.GenericExecuteSpec bind(String sql, DatabaseClient client) {
        DatabaseClient.GenericExecuteSpec statement = client.sql(sql);
        for (int i = 0; i < values.size(); i++) {
            statement = statement.bind(i, values.get(i));
        }
        return statement;
    }
}
