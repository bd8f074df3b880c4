package io.pricewire.query.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** An observation as the API shows it. What is unknown is null; open, high and low are those of a bar. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ObservationView(
        String assetId,
        String source,
        String sourceAssetId,
        String quote,
        String interval,
        Instant observedAt,
        boolean observedAtAssumed,
        Instant ingestedAt,
        String origin,
        BigDecimal price,
        @Nullable BigDecimal open,
        @Nullable BigDecimal high,
        @Nullable BigDecimal low,
        @Nullable BigDecimal volumeBase,
        @Nullable BigDecimal volumeQuote,
        @Nullable BigDecimal marketCap,
        @Nullable BigDecimal fullyDilutedValuation,
        @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask,
        @JsonProperty("high_24h") @Nullable BigDecimal high24h,
        @JsonProperty("low_24h") @Nullable BigDecimal low24h,
        @JsonProperty("change_24h_pct") @Nullable BigDecimal change24hPct,
        @Nullable Integer rank,
        @Nullable BigDecimal circulatingSupply,
        @Nullable BigDecimal totalSupply,
        @Nullable BigDecimal maxSupply,
        @Nullable BigDecimal allTimeHigh,
        @Nullable BigDecimal allTimeLow,
        UUID eventId,
        UUID runId) {}
