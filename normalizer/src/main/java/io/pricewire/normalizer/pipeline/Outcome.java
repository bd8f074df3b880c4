package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.ObservationRejected;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one command has come to.
 *
 * @param rejectionId what was replayed; empty where nothing was
 * @param accepted what keeps every rule by now; null where it does not
 * @param stillRejected what still does not, with the reasons of now; null where it does
 * @param asked what an ingestor is asked to read again; null where nothing is
 */
record Outcome(
        UUID commandId,
        String rejectionId,
        @Nullable Observation accepted,
        @Nullable ObservationRejected stillRejected,
        @Nullable Event<IngestCommand> asked) {

    static Outcome decision(UUID commandId) {
        return new Outcome(commandId, "", null, null, null);
    }

    static Outcome asked(UUID commandId, String rejectionId, Event<IngestCommand> asked) {
        return new Outcome(commandId, rejectionId, null, null, asked);
    }

    static Outcome judged(UUID commandId, String rejectionId, Verdict verdict) {
        return switch (verdict) {
            case Accepted(Observation observation) -> new Outcome(commandId, rejectionId, observation, null, null);
            case Rejected(ObservationRejected again) -> new Outcome(commandId, rejectionId, null, again, null);
        };
    }

    boolean isDecision() {
        return rejectionId.isEmpty();
    }

    /** Whether it is known by now what became of a record in quarantine. */
    boolean isJudged() {
        return accepted != null || stillRejected != null;
    }
}
