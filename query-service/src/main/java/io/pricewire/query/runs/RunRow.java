package io.pricewire.query.runs;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table of runs. */
final class RunRow {

    private static final int MILLISECONDS = 3;

    private final Readable row;

    private RunRow(Readable row) {
        this.row = row;
    }

    static RunView read(Readable row) {
        return new RunRow(row).view();
    }

    private RunView view() {
        Instant startedAt = row.get("started_at", Instant.class);
        Instant finishedAt = row.get("finished_at", Instant.class);
        return new RunView(
                get("run_id", UUID.class),
                get("ingestor", String.class),
                get("status", String.class),
                get("trigger", String.class),
                startedAt,
                finishedAt,
                duration(startedAt, finishedAt),
                get("seen", Long.class),
                get("published", Long.class),
                get("unchanged", Long.class),
                get("refused", Long.class),
                get("calls", Long.class),
                get("retries", Long.class),
                row.get("error", String.class),
                row.get("joined_run_id", UUID.class),
                row.get("file", String.class),
                get("size", Long.class),
                get("progress", Long.class),
                row.get("command_id", UUID.class),
                row.get("requested_at", Instant.class),
                row.get("next_run_at", Instant.class),
                row.get("budget_left", Long.class));
    }

    private static @Nullable BigDecimal duration(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? null
                : BigDecimal.valueOf(Duration.between(from, to).toMillis(), MILLISECONDS);
    }

    private <T> T get(String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
