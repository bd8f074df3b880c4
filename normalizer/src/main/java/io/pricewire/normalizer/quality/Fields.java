package io.pricewire.normalizer.quality;

import io.pricewire.normalizer.observation.Figure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that a source can give: every figure, and the rank. */
final class Fields {

    private static final List<String> ALL = Stream.concat(
                    Stream.of(Figure.values()).map(Figure::column), Stream.of("rank"))
            .toList();

    private Fields() {}

    /** This piece of SQL for each field, with commas between. */
    static String each(String sql) {
        return joined(sql, ", ");
    }

    /** The sum of this piece of SQL for each field. */
    static String sum(String sql) {
        return joined(sql, " + ");
    }

    private static String joined(String sql, String between) {
        return ALL.stream().map(sql::formatted).collect(Collectors.joining(between));
    }
}
