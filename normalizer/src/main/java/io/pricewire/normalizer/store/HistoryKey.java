package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Observation;
import java.time.Instant;

/** What there is one observation of. */
record HistoryKey(String source, String sourceAssetId, String quote, String interval, Instant observedAt)
        implements Comparable<HistoryKey> {

    static HistoryKey of(Observation observation) {
        return new HistoryKey(
                observation.source(),
                observation.sourceAssetId(),
                observation.quote(),
                observation.interval(),
                observation.observedAt());
    }

    /** By one after the other. A batch is sorted by it, so it is not put together of comparators. */
    @Override
    public int compareTo(HistoryKey other) {
        int order = source.compareTo(other.source);
        if (order == 0) {
            order = sourceAssetId.compareTo(other.sourceAssetId);
        }
        if (order == 0) {
            order = quote.compareTo(other.quote);
        }
        if (order == 0) {
            order = interval.compareTo(other.interval);
        }
        return order == 0 ? observedAt.compareTo(other.observedAt) : order;
    }
}
