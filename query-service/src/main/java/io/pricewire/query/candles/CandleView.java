package io.pricewire.query.candles;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A candle as the API shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CandleView(
        @Schema(description = "The canonical asset.") String assetId,

        @Schema(description = "Whose prices it is made of: a source, or `reference` for the reference price.")
        String source,

        @Schema(description = "The source's own id of the asset; of the reference price the canonical asset.")
        String sourceAssetId,

        @Schema(description = "The quote currency in upper case, in which its prices are.")
        String quote,

        @Schema(description = "Its length: 1m, 5m, 15m, 1h, 4h or 1d.")
        String interval,

        @Schema(description = "Its first instant, a whole multiple of its length in UTC.")
        Instant openedAt,

        @Schema(description = "The first price. Null where a bar that it is made of does not say it.") @Nullable BigDecimal open,

        @Schema(description = "The highest price. Null where a bar that it is made of does not say it.") @Nullable BigDecimal high,

        @Schema(description = "The lowest price. Null where a bar that it is made of does not say it.") @Nullable BigDecimal low,

        @Schema(description = "The last price.") BigDecimal close,

        @Schema(
                description =
                        "What was traded, in units of the asset. Null where it is not known, as it is not of ticks.")
        @Nullable BigDecimal volumeBase,

        @Schema(
                description =
                        "What was traded, in units of the quote currency. Null where it is not known, as it is not of ticks.")
        @Nullable BigDecimal volumeQuote,

        @Schema(description = "When the last of the observations was seen that it is made of.")
        Instant lastAt,

        @Schema(
                description =
                        "Whether it is the source's own bar of this length; else it is made of ticks, or of shorter"
                                + " candles.")
        boolean fromBar) {}
