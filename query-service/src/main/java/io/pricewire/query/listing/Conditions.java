package io.pricewire.query.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows of a list have in common: conditions that all hold. One that is not given leaves nothing out. */
public final class Conditions {

    private final Values values;
    private final List<String> conditions = new ArrayList<>();

    public Conditions(Values values) {
        this.values = values;
    }

    public void add(String condition) {
        conditions.add(condition);
    }

    /** The column has this value. */
    public void equal(String column, @Nullable Object value) {
        if (value != null) {
            add("%s = %s".formatted(column, values.add(value)));
        }
    }

    /** The column has one of these values. */
    public void oneOf(String column, @Nullable Set<String> accepted) {
        if (accepted != null) {
            add("%s = any(%s)".formatted(column, values.add(accepted.toArray(new String[0]))));
        }
    }

    /** The column has a time from one on, up to before another. */
    public void between(String column, @Nullable Instant from, @Nullable Instant to) {
        if (from != null) {
            add("%s >= %s".formatted(column, values.add(from)));
        }
        if (to != null) {
            add("%s < %s".formatted(column, values.add(to)));
        }
    }

    /** The row stands after a place in a list that has the latest time first, and among equal times the least key. */
    public void laterFirst(String timeColumn, Instant time, String keyColumns, String key) {
        String place = values.add(time);
        add("%1$s <= %2$s and (%1$s < %2$s or (%3$s) > (%4$s))".formatted(timeColumn, place, keyColumns, key));
    }

    /** As it stands in the statement. */
    public String sql() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }
}
