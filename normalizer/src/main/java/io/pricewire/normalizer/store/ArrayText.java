package io.pricewire.normalizer.store;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An array as Postgres writes arrays, for one parameter of text: the driver encodes that several times faster than an array
 * of as many elements. The nulls at its end are left out: {@code unnest} fills up what is shorter than the longest array,
 * and most columns are null in every row.
 */
final class ArrayText {

    /** With the quotes and the comma: an id has 39 characters, a time some thirty. */
    private static final int EXPECTED_LENGTH = 40;

    private final int expectedElements;
    private final StringBuilder text = new StringBuilder("{");
    private int nulls;

    ArrayText(int expectedElements) {
        this.expectedElements = expectedElements;
    }

    /** Adds text, which is quoted, or a number, a time or a truth value, which is not; or null. */
    void add(@Nullable Object element) {
        if (element == null) {
            nulls++;
            return;
        }
        makeRoomOnce();
        text.repeat("null,", nulls);
        nulls = 0;
        switch (element) {
            case String string -> quote(string);
            case BigDecimal number -> text.append(number.toPlainString());
            default -> text.append(element);
        }
        text.append(',');
    }

    /** Not before there is something to add: most columns stay empty. */
    private void makeRoomOnce() {
        boolean isEmpty = text.length() == 1;
        if (isEmpty) {
            text.ensureCapacity(expectedElements * EXPECTED_LENGTH);
        }
    }

    private void quote(String string) {
        text.append('"');
        if (string.indexOf('"') < 0 && string.indexOf('\\') < 0) {
            text.append(string);
        } else {
            text.append(string.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        text.append('"');
    }

    /** The array; nothing is added after this. */
    String end() {
        if (text.length() > 1) {
            text.setLength(text.length() - 1);
        }
        return text.append('}').toString();
    }
}
