package io.pricewire.normalizer.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision which asset a source means.
 *
 * @param key what the source calls it
 * @param assetId the canonical asset
 * @param symbol the symbol in upper case; empty where the source gives none
 * @param name the name as the source writes it; empty where it gives none
 * @param method how it was decided
 * @param isAmbiguous whether it is kept apart only until an operator decides
 * @param evidence what spoke for it and against it
 * @param decidedBy {@code pricewire}, or the name of an operator's key
 * @param decidedAt when it was decided
 */
public record Alias(
        SourceAsset key,
        String assetId,
        String symbol,
        String name,
        Method method,
        boolean isAmbiguous,
        Map<String, String> evidence,
        String decidedBy,
        Instant decidedAt) {

    public Alias {
        evidence = Map.copyOf(evidence);
    }

    /** {@code source:id}. */
    static String ownAsset(SourceAsset key) {
        return key.source() + ":" + key.sourceAssetId();
    }

    /** An operator's decision in the place of this one. */
    Alias overruled(String newAssetId, String operator, Instant now) {
        return new Alias(
                key, newAssetId, symbol, name, Method.OPERATOR, false, Map.of("overruled", assetId), operator, now);
    }

    /** Whether it is the same decision for the same reasons. */
    boolean saysTheSameAs(@Nullable Alias other) {
        return other != null
                && assetId.equals(other.assetId)
                && method == other.method
                && isAmbiguous == other.isAmbiguous
                && evidence.equals(other.evidence);
    }

    String status() {
        return isAmbiguous ? "ambiguous" : "decided";
    }
}
