package io.pricewire.normalizer.store;

import java.util.List;
import java.util.StringJoiner;

/**
 * Rows as a table within a statement: {@code unnest} of one array for each column, each bound as text.
 *
 * @param <R> what a row is made from
 */
final class RowSet<R> {

    private final String name;
    private final List<Column<R>> columns;

    RowSet(String name, List<Column<R>> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    int size() {
        return columns.size();
    }

    /** {@code name (a, b) as (select * from unnest($1::text[], $2::uuid[]))}, with parameters from this number on. */
    String commonTableExpression(int firstParameter) {
        StringJoiner arrays = new StringJoiner(", ");
        for (int i = 0; i < columns.size(); i++) {
            arrays.add("$%d::%s[]".formatted(firstParameter + i, columns.get(i).type()));
        }
        return "%s (%s) as materialized (select * from unnest(%s))".formatted(name, names(), arrays);
    }

    /** The names of all columns, separated by commas. */
    String names() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    /** The array of each column; one column at least is never null, so that one array is as long as there are rows. */
    List<String> arrays(List<? extends R> rows) {
        List<ArrayText> arrays =
                columns.stream().map(column -> new ArrayText(rows.size())).toList();
        // Row by row, as what a row is made from lies together in memory.
        for (R row : rows) {
            for (int i = 0; i < arrays.size(); i++) {
                arrays.get(i).add(columns.get(i).value().apply(row));
            }
        }
        return arrays.stream().map(ArrayText::end).toList();
    }
}
