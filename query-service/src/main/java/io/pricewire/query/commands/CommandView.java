package io.pricewire.query.commands;

import io.pricewire.query.runs.RunView;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A command to several ingestors, and the runs that it asks for. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CommandView(UUID commandId, List<RunView> runs) {}
