package io.pricewire.query.sources;

import io.pricewire.query.runs.RunView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a source is doing.
 *
 * @param source the name under which its prices are kept
 * @param ingestor who reads it
 * @param state success; partial; unavailable, where its last run failed before it saw anything; degraded, where it failed
 *     later; stale, where all its prices are; idle, where no run of its has ended yet
 * @param error why its last run failed; null where it did not
 * @param prices how many latest prices there are of it
 * @param stalePrices of those, how many are stale
 * @param newestObservedAt when the newest of them was observed
 * @param budgetLeft how many more calls it takes in the calendar month; null where it sets no bound
 * @param lastRun the ingestor's run that ended last
 * @param nextRunAt when the ingestor means to begin its next run; null where it cannot say
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SourceView(
        String source,
        String ingestor,
        String state,
        @Nullable String error,
        long prices,
        long stalePrices,
        @Nullable Instant newestObservedAt,
        @Nullable Long budgetLeft,
        @Nullable RunView lastRun,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        @Nullable Instant nextRunAt) {}
