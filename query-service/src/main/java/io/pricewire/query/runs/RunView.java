package io.pricewire.query.runs;

import java.math.BigDecimal;
import java.time.Duration;
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
 * @param commandId the command that asked for it; null where none did
 * @param requestedAt when it was asked for; null where no command did
 * @param nextRunAt when the ingestor means to begin its next run; null where it cannot say
 * @param budgetLeft how many more requests the source allowed in that calendar month; null where it sets no bound
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
        long progress,
        @Nullable UUID commandId,
        @Nullable Instant requestedAt,
        @Nullable Instant nextRunAt,
        @Nullable Long budgetLeft) {

    static final String REQUESTED = "requested";
    static final String FAILURE = "failure";
    static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);

    /** A run that a command asks for, and that no ingestor has taken yet. */
    public static RunView requested(UUID runId, String ingestor, String trigger, UUID commandId, Instant requestedAt) {
        return new RunView(
                runId,
                ingestor,
                REQUESTED,
                trigger,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                0,
                0,
                commandId,
                requestedAt,
                null,
                null);
    }

    /** The run as it is at this time: one that nobody took in time has failed, which nobody is there to say. */
    RunView at(Instant now) {
        if (!status.equals(REQUESTED) || requestedAt == null || !isTooLate(requestedAt, now)) {
            return this;
        }
        return new RunView(
                runId,
                ingestor,
                FAILURE,
                trigger,
                startedAt,
                requestedAt.plus(TAKEN_WITHIN),
                durationSeconds,
                seen,
                published,
                unchanged,
                refused,
                calls,
                retries,
                "no ingestor %s took it within %d seconds; it is not running, or switched off"
                        .formatted(ingestor, TAKEN_WITHIN.toSeconds()),
                joinedRunId,
                file,
                size,
                progress,
                commandId,
                requestedAt,
                nextRunAt,
                budgetLeft);
    }

    private static boolean isTooLate(Instant requestedAt, Instant now) {
        return now.isAfter(requestedAt.plus(TAKEN_WITHIN));
    }
}
