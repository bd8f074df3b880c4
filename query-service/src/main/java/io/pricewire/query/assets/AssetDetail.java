package io.pricewire.query.assets;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pricewire.query.prices.PriceView;
import io.pricewire.query.reference.ReferenceView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An asset with all that is known of it.
 *
 * @param aliases what sources call it
 * @param prices its latest prices, by source and quote
 * @param referencePrice what is made of its prices, in USD where there is such a one, else in another quote currency; null
 *     where there is none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AssetDetail(
        @JsonUnwrapped AssetView asset,
        List<AliasView> aliases,
        List<PriceView> prices,
        @Nullable ReferenceView referencePrice) {}
