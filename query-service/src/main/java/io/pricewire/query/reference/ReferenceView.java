package io.pricewire.query.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A reference price as the API shows it.
 *
 * @param status ok, degraded, divergent or stale
 * @param dispersion the range of the prices used as a share of the price; null where none is used
 * @param unconfirmed whether it is a jump that no second source confirms
 * @param observedAt when the newest of the prices used was observed
 * @param used the sources that it is made of, by name
 * @param excluded the sources that have a price and were not used, by name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReferenceView(
        String assetId,
        String symbol,
        String name,
        String quote,
        BigDecimal price,
        String status,
        @Nullable BigDecimal dispersion,
        boolean unconfirmed,
        Instant observedAt,
        Instant computedAt,
        List<UsedSource> used,
        List<ExcludedSource> excluded) {

    /**
     * A source that the price is made of.
     *
     * @param staleAt from when on its price is stale
     * @param weight its share of all weights
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record UsedSource(
            String source,
            String sourceAssetId,
            String eventId,
            BigDecimal price,
            @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,
            Instant observedAt,
            Instant staleAt,
            BigDecimal weight) {}

    /**
     * A source that has a price and was not used.
     *
     * @param reason stale, replayed, same_source, outlier_iqr or outlier_of_three
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ExcludedSource(
            String source,
            String sourceAssetId,
            String eventId,
            BigDecimal price,
            @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,
            Instant observedAt,
            Instant staleAt,
            String reason) {}
}
