package io.pricewire.query.reference;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.reference.ReferenceView.ExcludedSource;
import io.pricewire.query.reference.ReferenceView.UsedSource;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table of reference prices. */
final class ReferenceRow {

    static final String COLUMNS = "asset_id, symbol, name, quote, price, status, dispersion, unconfirmed, observed_at,"
            + " computed_at, used::text, excluded::text";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<UsedSource>> USED = new TypeReference<>() {};
    private static final TypeReference<List<ExcludedSource>> EXCLUDED = new TypeReference<>() {};

    private ReferenceRow() {}

    /** The status at a time, as {@link ReferenceView#asOf} has it. */
    static String statusAt(String time) {
        return """
                case when exists (
                  select from jsonb_to_recordset(used) as source (stale_at timestamptz) where source.stale_at >= %s
                ) then status else 'stale' end""".formatted(time);
    }

    /** A price as it was computed. */
    static ReferenceView read(Readable row) {
        return new ReferenceView(
                get(row, "asset_id", String.class),
                get(row, "symbol", String.class),
                get(row, "name", String.class),
                get(row, "quote", String.class),
                get(row, "price", BigDecimal.class),
                get(row, "status", String.class),
                row.get("dispersion", BigDecimal.class),
                get(row, "unconfirmed", Boolean.class),
                get(row, "observed_at", Instant.class),
                get(row, "computed_at", Instant.class),
                JSON.readValue(get(row, "used", String.class), USED),
                JSON.readValue(get(row, "excluded", String.class), EXCLUDED));
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
