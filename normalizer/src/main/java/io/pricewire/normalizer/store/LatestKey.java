package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Observation;
import java.util.Comparator;

/** What there is one newest price of. As text it is the key of the topic of latest prices. */
public record LatestKey(String source, String sourceAssetId, String quote) implements Comparable<LatestKey> {

    private static final Comparator<LatestKey> ORDER = Comparator.comparing(LatestKey::source)
            .thenComparing(LatestKey::sourceAssetId)
            .thenComparing(LatestKey::quote);

    public static LatestKey of(Observation observation) {
        return new LatestKey(observation.source(), observation.sourceAssetId(), observation.quote());
    }

    @Override
    public int compareTo(LatestKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return source + '|' + sourceAssetId + '|' + quote;
    }
}
