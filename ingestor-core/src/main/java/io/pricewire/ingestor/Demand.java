package io.pricewire.ingestor;

import java.time.Instant;
import java.util.UUID;

/**
 * A run that somebody asks for.
 *
 * @param commandId the command, which may ask for runs of several ingestors
 * @param runId the id that the run is to have
 * @param requestedAt when it was asked for
 * @param limit the most records to publish; 0 for all
 */
public record Demand(UUID commandId, UUID runId, Instant requestedAt, int limit) {}
