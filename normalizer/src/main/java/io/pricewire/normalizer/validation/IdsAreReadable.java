package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.normalizer.observation.Uuids;
import io.pricewire.proto.v1.Origin;
import java.util.function.Consumer;

/** An event and the run that it belongs to are known by UUIDs, and it is said how the observation came to be known. */
final class IdsAreReadable implements Rule {

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        String eventId = candidate.event().attributes().id();
        if (!Uuids.isUuid(eventId)) {
            broken.accept(new Reason("event_id_malformed", "ce_id is \"%.100s\"; it takes a UUID".formatted(eventId)));
        }
        String runId = candidate.message().getRunId();
        if (!Uuids.isUuid(runId)) {
            broken.accept(new Reason("run_id_malformed", "run_id is \"%.100s\"; it takes a UUID".formatted(runId)));
        }
        Origin origin = candidate.message().getOrigin();
        if (origin == Origin.ORIGIN_UNSPECIFIED || origin == Origin.UNRECOGNIZED) {
            broken.accept(new Reason("origin_unknown", "origin is " + origin));
        }
    }
}
