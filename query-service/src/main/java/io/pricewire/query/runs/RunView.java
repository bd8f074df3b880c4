package io.pricewire.query.runs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run as the API shows it.
 *
 * @param size how much there is to read, in units of the source's own (bytes for a file); 0 where that is not known
 * @param progress how much of size has been read
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunView(
        UUID runId,
        String ingestor,
        String status,
        String trigger,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable BigDecimal durationSeconds,
        long seen,
        long published,
        long unchanged,
        long refused,
        long calls,
        long retries,
        @Nullable String error,
        @Nullable UUID joinedRunId,
        @Nullable String file,
        long size,
        long progress) {}
