package io.pricewire.query.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of an ingestor went.
 *
 * @param last the one that ended last, of those that did not read the past; null where none has ended yet
 * @param lastSuccessAt when one last ended well, or well in part
 * @param lastFailureAt when one last failed
 */
public record IngestorRuns(
        String ingestor,
        @Nullable RunView last,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt) {}
