package io.pricewire.query.commands;

import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Records that are sent through the rules again.
 *
 * @param replayed how many
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReplayView(UUID commandId, int replayed) {}
