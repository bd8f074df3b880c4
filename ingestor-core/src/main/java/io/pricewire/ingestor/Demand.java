package io.pricewire.ingestor;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that somebody asks for.
 *
 * @param commandId the command, which may ask for runs of several ingestors
 * @param runId the id that the run is to have
 * @param requestedAt when it was asked for
 * @param limit the most records to publish; 0 for all
 * @param replay what is to be read again, and nothing else; null for what there is to read
 */
public record Demand(
        UUID commandId,
        UUID runId,
        Instant requestedAt,
        int limit,
        @Nullable Replay replay) {

    /** For what there is to read. */
    public Demand(UUID commandId, UUID runId, Instant requestedAt, int limit) {
        this(commandId, runId, requestedAt, limit, null);
    }
}
