package io.pricewire.normalizer.identity;

/** What a source calls an asset. */
public record SourceAsset(String source, String sourceAssetId) {}
