package io.pricewire.query.stats;

import io.pricewire.query.prices.PriceView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Figures of the whole. Where several sources know an asset it counts once, as the one says that observed it last.
 *
 * @param sources how the last run of each ingestor went
 * @param totalRecords how many observations are stored
 * @param totalCoins how many assets have a price in the quote currency
 * @param totalMarketCap the sum of those that are known; null where none is
 * @param totalVolume the sum of the volumes over 24 hours that are known; null where none is
 * @param avgPrice the mean of the prices; null where there is none
 * @param topGainers those whose price rose most over 24 hours
 * @param topLosers those whose price fell most over 24 hours
 * @param apiLatencyMs how long it took to put together
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StatsView(
        List<SourceStats> sources,
        long totalRecords,
        int totalCoins,
        @Nullable BigDecimal totalMarketCap,
        @Nullable BigDecimal totalVolume,
        @Nullable BigDecimal avgPrice,
        List<PriceView> topGainers,
        List<PriceView> topLosers,
        @Nullable String requestId,
        BigDecimal apiLatencyMs) {

    /**
     * How an ingestor's last run went.
     *
     * @param recordsProcessed how many records it read
     * @param status how it ended; null where no run has ended yet
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SourceStats(
            String source,
            @Nullable Long recordsProcessed,
            @Nullable BigDecimal durationSeconds,
            @Nullable Instant lastSuccessTimestamp,
            @Nullable Instant lastFailureTimestamp,
            @Nullable String status) {}
}
