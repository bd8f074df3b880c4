package io.pricewire.query.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is worked out of the prices of an asset at one source in one quote currency. All of it looks back from the latest
 * observation, so that it stays as it is until there is another. What is unknown is null.
 *
 * @param marketSharePct the asset's part of the sum of the market caps that the source gives in this quote currency
 * @param change1hPct the change since the last price an hour before; null where there is none in the half hour before that
 * @param change24hPct likewise, with six hours
 * @param change7dPct likewise, with a day
 * @param change30dPct likewise, with two days
 * @param volatility30dPct the realised volatility, see {@link MetricsListing}
 * @param high24h the highest price in the 24 hours before the latest observation, and in bars that lie within them
 * @param low24h the lowest likewise
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MetricsView(
        String assetId,
        String symbol,
        String name,
        String source,
        String sourceAssetId,
        String quote,
        Instant observedAt,
        BigDecimal price,
        @Nullable BigDecimal marketCap,

        @Schema(description = "Its part of the sum of the market caps that the source gives in this quote currency.")
        @Nullable BigDecimal marketSharePct,

        @Schema(description = "The change within the hour before the latest observation, in percent.")
        @JsonProperty("change_1h_pct")
        @Nullable BigDecimal change1hPct,

        @JsonProperty("change_24h_pct") @Nullable BigDecimal change24hPct,
        @JsonProperty("change_7d_pct") @Nullable BigDecimal change7dPct,
        @JsonProperty("change_30d_pct") @Nullable BigDecimal change30dPct,

        @Schema(
                description = "Realised volatility in percent a year: the standard deviation of the logarithms of the"
                        + " returns from day to day over 30 days, times the square root of 365. Null with fewer than"
                        + " seven returns.")
        @JsonProperty("volatility_30d_pct")
        @Nullable BigDecimal volatility30dPct,

        @JsonProperty("high_24h") @Nullable BigDecimal high24h,
        @JsonProperty("low_24h") @Nullable BigDecimal low24h) {}
