package io.pricewire.normalizer;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables and views, explained by the comments on them in the database. */
final class SchemaDocument {

    private static final String RELATIONS = """
            select c.relname::text as name, c.relkind = 'v' as is_view, obj_description(c.oid) as means,
              (select string_agg(a.attname, ', ' order by k.position)
               from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (attnum, position)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
               where i.indrelid = c.oid and i.indisprimary) as key,
              case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partitions
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
              and c.relname <> 'flyway_schema_history'
            order by is_view, name""";

    private final TestDatabase database;

    SchemaDocument(TestDatabase database) {
        this.database = database;
    }

    String text() {
        List<Map<String, Object>> relations = database.query(RELATIONS);
        return """
                # Schema

                Every table and view in the database, as the comments there say. The normalizer writes the tables; everyone else
                reads. The views `mart_*` are made for analysts, and are as stable as the tables: columns are added, and none is
                changed or taken away.

                """ + relations.stream().map(this::section).collect(Collectors.joining("\n"));
    }

    private String section(Map<String, Object> relation) {
        String columns = columns(relation).stream()
                .map(column -> "| `%s` | %s | %s |\n"
                        .formatted(column.get("name"), type(column, relation), cell(column.get("means"))))
                .collect(Collectors.joining());
        return "## %s\n\n%s\n%s\n| column | type | means |\n|---|---|---|\n%s"
                .formatted(relation.get("name"), relation.get("means"), key(relation), columns);
    }

    private List<Map<String, Object>> columns(Map<String, Object> relation) {
        return database.query("""
                select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as is_required,
                  col_description(a.attrelid, a.attnum) as means
                from pg_attribute a where a.attrelid = '%s'::regclass and a.attnum > 0 and not a.attisdropped
                order by a.attnum""".formatted(relation.get("name")));
    }

    private static String key(Map<String, Object> relation) {
        if (relation.get("key") == null) {
            return "";
        }
        String key = "\nKey: `%s`.".formatted(relation.get("key"));
        return (relation.get("partitions") == null
                        ? key
                        : "%s Partitions: `%s`.".formatted(key, relation.get("partitions")))
                + "\n";
    }

    /** Of a view's columns Postgres does not know which are always there. */
    private static String type(Map<String, Object> column, Map<String, Object> relation) {
        boolean mayBeNull =
                Boolean.FALSE.equals(column.get("is_required")) && Boolean.FALSE.equals(relation.get("is_view"));
        return column.get("type").toString().replace("timestamp with time zone", "timestamptz")
                + (mayBeNull ? ", may be null" : "");
    }

    private static String cell(Object text) {
        return text.toString().replace("|", "\\|");
    }
}
