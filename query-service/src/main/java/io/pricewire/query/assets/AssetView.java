package io.pricewire.query.assets;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An asset as lists show it.
 *
 * @param symbol empty where no source gives one
 * @param name empty where no source gives one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AssetView(String assetId, String symbol, String name) {}
