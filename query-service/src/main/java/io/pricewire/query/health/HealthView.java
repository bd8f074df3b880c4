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
 * @param sources how each ingestor's last run went
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

    /** A run that has ended. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LastRun(String source, Instant timestamp, String status, long recordsProcessed) {}
}
