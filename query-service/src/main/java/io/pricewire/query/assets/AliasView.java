package io.pricewire.query.assets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a source calls an asset, and how that was decided.
 *
 * @param method how it was decided: {@code own} is an asset of its own, for want of evidence
 * @param evidence what spoke for it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AliasView(
        String source,
        String sourceAssetId,
        String symbol,
        String name,
        String method,
        @Nullable Object evidence,
        String decidedBy,
        Instant decidedAt) {}
