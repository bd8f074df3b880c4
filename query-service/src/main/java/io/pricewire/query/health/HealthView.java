package io.pricewire.query.health;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whether the whole of it works.
 *
 * @param status {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param message why, for a person
 * @param etlLastRun the run that ended last; null where none has ended yet
 * @param sources how each ingestor's last run went, and whether its prices are fresh
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record HealthView(
        String status,
        String message,
        String version,
        boolean databaseConnected,
        boolean brokerConnected,
        Instant timestamp,
        @Nullable LastRun etlLastRun,
        List<LastRun> sources) {

    /**
     * A run that has ended.
     *
     * @param state of the source as in the list of sources; of a polled one "stale" where none of its prices is fresh
     * @param reason why it is stale or failing; null where it is neither
     * @param nextAttemptAt when its next run begins; null where that is not known
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LastRun(
            String source,
            Instant timestamp,
            String status,
            long recordsProcessed,
            String state,
            @Nullable String reason,
            @Nullable Instant nextAttemptAt) {}
}
