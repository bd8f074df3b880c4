package io.pricewire.normalizer.identity;

import java.time.Instant;

/**
 * The decision which asset a source means.
 *
 * @param key what the source calls it
 * @param assetId the canonical asset
 * @param symbol the symbol as the source writes it; empty where it gives none
 * @param name the name as the source writes it; empty where it gives none
 * @param method how it was decided
 * @param decidedAt when it was decided
 */
public record Alias(SourceAsset key, String assetId, String symbol, String name, String method, Instant decidedAt) {}
