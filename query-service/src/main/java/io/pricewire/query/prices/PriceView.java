package io.pricewire.query.prices;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A price as the API shows it. What is unknown is null. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PriceView(
        String assetId,
        String symbol,
        String name,
        String source,
        String sourceAssetId,
        String quote,
        @Nullable BigDecimal price,
        @Nullable BigDecimal marketCap,
        @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask,
        @JsonProperty("high_24h") @Nullable BigDecimal high24h,
        @JsonProperty("low_24h") @Nullable BigDecimal low24h,
        @JsonProperty("change_24h_pct") @Nullable BigDecimal change24hPct,
        @Nullable Integer rank,
        @Nullable BigDecimal circulatingSupply,
        Instant observedAt,
        Instant ingestedAt,
        boolean stale,
        String origin,
        String interval,
        boolean observedAtAssumed,
        @Nullable BigDecimal totalSupply,
        @Nullable BigDecimal maxSupply,
        String eventId) {}
