package io.pricewire.query.sources;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Something that a source offers.
 *
 * @param symbol as the source writes it; empty where it gives none
 * @param name as the source writes it; empty where it gives none
 * @param assetId the canonical asset; null where no price of it was seen yet
 * @param quotes the currencies in which the source offers its price; empty where it does not say
 * @param describedAt when the source said so
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OfferView(
        String sourceAssetId,
        String symbol,
        String name,
        @Nullable String assetId,
        List<String> quotes,
        Instant describedAt) {}
