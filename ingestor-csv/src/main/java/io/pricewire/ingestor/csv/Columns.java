package io.pricewire.ingestor.csv;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a file, by their names without regard to case. */
final class Columns {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final int count;

    Columns(List<String> header) {
        for (int index = 0; index < header.size(); index++) {
            indexes.putIfAbsent(header.get(index).strip().toLowerCase(Locale.ROOT), index);
        }
        this.count = header.size();
    }

    boolean hasAll(Set<String> names) {
        return indexes.keySet().containsAll(names);
    }

    int count() {
        return count;
    }

    /** The cell of a row under the first of these names that the file has; null where it has none of them. */
    @Nullable String cell(List<String> row, String... names) {
        for (String name : names) {
            String text = text(row, name);
            if (text != null) {
                return text.strip();
            }
        }
        return null;
    }

    /** The cell of a row with the blanks around it; null where the file has no such column. */
    @Nullable String text(List<String> row, String name) {
        Integer index = indexes.get(name);
        return index == null ? null : row.get(index);
    }
}
