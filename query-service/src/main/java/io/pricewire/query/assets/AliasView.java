package io.pricewire.query.assets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a source calls an asset, and how that was decided.
 *
 * @param status {@code decided}, or {@code ambiguous}: kept apart until an operator decides
 * @param method how it was decided: {@code own} is an asset of its own, for want of evidence
 * @param evidence what spoke for it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AliasView(
        String source,
        String sourceAssetId,
        String assetId,
        String status,
        String symbol,
        String name,
        String method,
        @Nullable Object evidence,
        String decidedBy,
        Instant decidedAt) {}
