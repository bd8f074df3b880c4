package io.pricewire.normalizer.reference;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row's columns one after the other. Asked for by name, the driver looks through all names for each; and a time
 * it reads from text by a formatter, which costs more than all else of a row, for which reason times come as numbers.
 */
final class Cells {

    private final Readable row;
    private int next;

    Cells(Readable row) {
        this.row = row;
    }

    /** The time as {@link #time()} reads it: microseconds since 1970, which is as fine as Postgres keeps it. */
    static String time(String expression) {
        return "(extract(epoch from %s) * 1000000)::bigint".formatted(expression);
    }

    String text() {
        return requireNonNull(textOrNull());
    }

    @Nullable String textOrNull() {
        return row.get(next++, String.class);
    }

    BigDecimal number() {
        return requireNonNull(numberOrNull());
    }

    @Nullable BigDecimal numberOrNull() {
        return row.get(next++, BigDecimal.class);
    }

    boolean truth() {
        return requireNonNull(row.get(next++, Boolean.class));
    }

    Instant time() {
        return Instant.EPOCH.plus(requireNonNull(row.get(next++, Long.class)), ChronoUnit.MICROS);
    }

    /** What so many columns say together; null, and they are left out, where the first of them is null. */
    <T> @Nullable T group(int columns, Function<Cells, T> read) {
        int first = next;
        if (row.get(first) == null) {
            next = first + columns;
            return null;
        }
        return read.apply(this);
    }
}
