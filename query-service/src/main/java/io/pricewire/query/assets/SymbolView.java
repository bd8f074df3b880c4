package io.pricewire.query.assets;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A symbol and the assets that bear it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SymbolView(String symbol, List<String> assetIds) {}
