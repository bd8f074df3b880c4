package io.pricewire.query.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of latest prices in US dollars.
 *
 * @param apiLatencyMs how long it took to put together
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DataView(
        List<Row> data,
        int total,
        int page,
        int pageSize,
        @Nullable String requestId,
        BigDecimal apiLatencyMs) {

    /**
     * One asset at one source.
     *
     * @param id made of what there is one row of; it stays the same
     * @param coinId the source's own id of the asset
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long id,
            String coinId,
            String name,
            String symbol,
            @Nullable BigDecimal priceUsd,
            @Nullable BigDecimal marketCap,
            @JsonProperty("volume_24h") @Nullable BigDecimal volume24h,
            String source,
            Instant ingestedAt) {}
}
