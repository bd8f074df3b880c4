package io.pricewire.query.commands;

import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A decision that was taken down, and is carried out within moments. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DecisionView(UUID commandId, String source, String sourceAssetId, String assetId) {}
