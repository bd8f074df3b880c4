package io.pricewire.query.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A run, and what became of what it published.
 *
 * @param run what the ingestor says of it
 * @param outcome what the normalizer made of it
 */
public record RunDetail(@JsonUnwrapped RunView run, Outcome outcome) {

    /**
     * What became of what a run published.
     *
     * @param complete whether the normalizer has passed the run's last event; before, the counts are unknown
     * @param loaded observations that are stored with values that this run was the first to bring
     * @param unchanged observations that were known already with the same values, or that another one replaced
     * @param quarantined records that were refused by the ingestor or rejected by the normalizer
     */
    public record Outcome(
            boolean complete,
            @Nullable Long loaded,
            @Nullable Long unchanged,
            @Nullable Long quarantined) {

        static final Outcome NOT_YET = new Outcome(false, null, null, null);
    }
}
