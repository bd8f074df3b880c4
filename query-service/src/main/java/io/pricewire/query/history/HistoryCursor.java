package io.pricewire.query.history;

import io.pricewire.query.parameter.Cursor;
import java.time.Instant;

/** The place of an observation among those of its asset, which are sorted by time and then by what tells them apart. */
record HistoryCursor(Instant observedAt, String source, String sourceAssetId, String quote, String interval) {

    private static final int PARTS = 5;

    static HistoryCursor of(ObservationView row) {
        return new HistoryCursor(row.observedAt(), row.source(), row.sourceAssetId(), row.quote(), row.interval());
    }

    String text() {
        return Cursor.of(observedAt.toString(), source, sourceAssetId, quote, interval)
                .text();
    }

    static HistoryCursor parse(String text) {
        Cursor cursor = Cursor.parse(text, PARTS);
        return new HistoryCursor(cursor.time(0), cursor.get(1), cursor.get(2), cursor.get(3), cursor.get(4));
    }
}
