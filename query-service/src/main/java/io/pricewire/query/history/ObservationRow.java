package io.pricewire.query.history;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table of observations. */
final class ObservationRow {

    private final Readable row;

    private ObservationRow(Readable row) {
        this.row = row;
    }

    static ObservationView read(Readable row) {
        return new ObservationRow(row).view();
    }

    private ObservationView view() {
        return new ObservationView(
                text("asset_id"),
                text("source"),
                text("source_asset_id"),
                text("quote"),
                text("interval"),
                get("observed_at", Instant.class),
                get("observed_at_assumed", Boolean.class),
                get("ingested_at", Instant.class),
                text("origin"),
                get("price", BigDecimal.class),
                number("open"),
                number("high"),
                number("low"),
                number("volume_base"),
                number("volume_quote"),
                number("market_cap"),
                number("fully_diluted_valuation"),
                number("volume_24h"),
                number("bid"),
                number("ask"),
                number("high_24h"),
                number("low_24h"),
                number("change_24h_pct"),
                row.get("rank", Integer.class),
                number("circulating_supply"),
                number("total_supply"),
                number("max_supply"),
                number("all_time_high"),
                number("all_time_low"),
                get("event_id", UUID.class),
                get("run_id", UUID.class));
    }

    private String text(String column) {
        return get(column, String.class);
    }

    private @Nullable BigDecimal number(String column) {
        return row.get(column, BigDecimal.class);
    }

    private <T> T get(String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
