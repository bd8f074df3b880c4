package io.pricewire.query.candles;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A candle as the API shows it. What is unknown is null, as the volume of ticks is.
 *
 * @param sourceAssetId the source's own id of the asset; for the reference price the canonical asset
 * @param openedAt its first instant, a whole multiple of its length in UTC
 * @param lastAt when the last of the observations was seen that it is made of
 * @param fromBar whether it is the source's own bar of this length; else it is made of ticks or of shorter candles
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CandleView(
        String assetId,
        String source,
        String sourceAssetId,
        String quote,
        String interval,
        Instant openedAt,
        @Nullable BigDecimal open,
        @Nullable BigDecimal high,
        @Nullable BigDecimal low,
        BigDecimal close,
        @Nullable BigDecimal volumeBase,
        @Nullable BigDecimal volumeQuote,
        Instant lastAt,
        boolean fromBar) {}
