package io.pricewire.standalone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the API says of a run, as far as the command line needs it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record RunStatus(
        String status,
        @Nullable Instant finishedAt,
        long seen,
        long published,
        long refused,
        @Nullable String error,
        long size,
        long progress,
        Outcome outcome) {

    /** Whether it will not change any more. */
    boolean isComplete() {
        return outcome.complete();
    }

    boolean isFailure() {
        return status.equals("failure");
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Outcome(boolean complete, long loaded, long unchanged, long quarantined) {}
}
