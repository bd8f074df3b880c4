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
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MetricsView(
        @Schema(description = "The canonical asset.") String assetId,

        @Schema(description = "The asset's ticker symbol in upper case; not unique.")
        String symbol,

        @Schema(description = "The asset's name.") String name,

        @Schema(description = "The source whose prices it is worked out of.")
        String source,

        @Schema(description = "The source's own id of the asset.")
        String sourceAssetId,

        @Schema(description = "The quote currency in upper case, in which prices and the market cap are.")
        String quote,

        @Schema(description = "When the source saw the latest price, from which all of it looks back.")
        Instant observedAt,

        @Schema(description = "The latest price.") BigDecimal price,

        @Schema(description = "The market cap that the source says. Null where it says none.") @Nullable BigDecimal marketCap,

        @Schema(
                description =
                        "The asset's part, in percent, of the sum of the market caps that the source gives in this quote"
                                + " currency. Null where its own is not known.")
        @Nullable BigDecimal marketSharePct,

        @Schema(
                description =
                        "The change in percent since the last price an hour before the latest observation. Null where"
                                + " there is none in the half hour up to then.")
        @JsonProperty("change_1h_pct")
        @Nullable BigDecimal change1hPct,

        @Schema(
                description =
                        "The change in percent since the last price 24 hours before the latest observation. Null where"
                                + " there is none in the six hours up to then.")
        @JsonProperty("change_24h_pct")
        @Nullable BigDecimal change24hPct,

        @Schema(
                description =
                        "The change in percent since the last price 7 days before the latest observation. Null where"
                                + " there is none in the day up to then.")
        @JsonProperty("change_7d_pct")
        @Nullable BigDecimal change7dPct,

        @Schema(
                description =
                        "The change in percent since the last price 30 days before the latest observation. Null where"
                                + " there is none in the two days up to then.")
        @JsonProperty("change_30d_pct")
        @Nullable BigDecimal change30dPct,

        @Schema(
                description = "Realised volatility in percent a year: the standard deviation of the logarithms of the"
                        + " returns from day to day over 30 days, times the square root of 365. Null with fewer than"
                        + " seven returns.")
        @JsonProperty("volatility_30d_pct")
        @Nullable BigDecimal volatility30dPct,

        @Schema(
                description =
                        "The highest price in the 24 hours up to the latest observation, of ticks and of bars that lie"
                                + " within them. Null where no observation of that time is stored.")
        @JsonProperty("high_24h")
        @Nullable BigDecimal high24h,

        @Schema(
                description =
                        "The lowest price in the 24 hours up to the latest observation, of ticks and of bars that lie"
                                + " within them. Null where no observation of that time is stored.")
        @JsonProperty("low_24h")
        @Nullable BigDecimal low24h) {}
