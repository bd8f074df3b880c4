package io.pricewire.normalizer.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of rows that are handed to Postgres as arrays, one array for each column.
 *
 * @param name what it is called in the statement
 * @param type the column's type in Postgres
 * @param bound what the values are, of which Postgres makes the type: text, numbers, times or truth values
 * @param value takes the value from a row; null where it is unknown
 */
record Column<R>(String name, String type, Class<?> bound, Function<R, @Nullable Object> value) {

    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    /** Text, in which Postgres keeps every character but U+0000; that one becomes U+FFFD. */
    static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, "text", String.class, row -> {
            String text = value.apply(row);
            return text == null ? null : keepable(text);
        });
    }

    /** The text as Postgres can keep it. */
    static String keepable(String text) {
        return text.replace(NUL, REPLACEMENT);
    }

    static <R> Column<R> uuid(String name, Function<R, @Nullable Object> value) {
        return new Column<>(name, "uuid", String.class, value);
    }
}
