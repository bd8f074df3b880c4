package io.pricewire.normalizer.identity;

import java.util.Comparator;

/** What a source calls an asset. */
public record SourceAsset(String source, String sourceAssetId) implements Comparable<SourceAsset> {

    private static final Comparator<SourceAsset> ORDER =
            Comparator.comparing(SourceAsset::source).thenComparing(SourceAsset::sourceAssetId);

    /** Files name assets by the ids of others, or by ids that nobody else knows. */
    boolean isFromFile() {
        return source.startsWith("csv-");
    }

    @Override
    public int compareTo(SourceAsset other) {
        return ORDER.compare(this, other);
    }
}
