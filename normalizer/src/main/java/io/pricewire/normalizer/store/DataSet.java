package io.pricewire.normalizer.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table whose partitions expire, and how the rows of one are written as JSON: without what is unknown, in their order. */
enum DataSet {
    /** With the names that the source gives the asset, so that an observation is complete without the other tables. */
    HISTORY("price_history", """
            select h.*, a.symbol, a.name from %s h left join asset_alias a using (source, source_asset_id)
            order by h.source, h.source_asset_id, h.observed_at, h.quote, h.interval"""),

    RAW("raw_observation", """
            select event_id, ingested_at, source, source_asset_id, quote, observed_at, run_id,
              translate(encode(payload, 'base64'), E'\\n', '') as payload, payload_type
            from %s order by event_id, ingested_at""");

    private static final Pattern EXPIRED = Pattern.compile("([a-z_]+)_\\d{4}_\\d{2}(?:_\\d{2})?_expired_[0-9a-f]{8}");

    private final String table;
    private final String rows;

    DataSet(String table, String rows) {
        this.table = table;
        this.rows = rows;
    }

    String table() {
        return table;
    }

    /** The statement that makes a line of each row of one of its partitions. */
    String lines(String partition) {
        return "select json_strip_nulls(row_to_json(r))::text from (%s) r".formatted(rows.formatted(partition));
    }

    /** The one that an expired partition was of, by its name. */
    static DataSet of(String expired) {
        Matcher name = EXPIRED.matcher(expired);
        for (DataSet set : values()) {
            if (name.matches() && name.group(1).equals(set.table)) {
                return set;
            }
        }
        throw new IllegalArgumentException("%s is no expired partition".formatted(expired));
    }
}
