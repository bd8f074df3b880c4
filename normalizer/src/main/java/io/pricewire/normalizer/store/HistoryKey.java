package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Observation;
import java.time.Instant;
import java.util.Comparator;

/** What there is one observation of. */
record HistoryKey(String source, String sourceAssetId, String quote, String interval, Instant observedAt)
        implements Comparable<HistoryKey> {

    private static final Comparator<HistoryKey> ORDER = Comparator.comparing(HistoryKey::source)
            .thenComparing(HistoryKey::sourceAssetId)
            .thenComparing(HistoryKey::quote)
            .thenComparing(HistoryKey::interval)
            .thenComparing(HistoryKey::observedAt);

    static HistoryKey of(Observation observation) {
        return new HistoryKey(
                observation.source(),
                observation.sourceAssetId(),
                observation.quote(),
                observation.interval(),
                observation.observedAt());
    }

    @Override
    public int compareTo(HistoryKey other) {
        return ORDER.compare(this, other);
    }
}
