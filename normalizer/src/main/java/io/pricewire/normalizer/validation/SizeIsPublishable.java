package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.util.function.Consumer;

/**
 * An observation leaves room in a record of Kafka's default size, 1 MiB, for all that is published because of it: the
 * payload is not, but a rejection is, with the whole observation in it.
 */
final class SizeIsPublishable implements Rule {

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        int size = candidate.message().getSerializedSize();
        if (size > Rules.LARGEST_OBSERVATION) {
            broken.accept(new Reason(
                    "observation_too_large",
                    "the observation has %d bytes, its payload %d of them; it takes %d"
                            .formatted(size, candidate.message().getPayload().size(), Rules.LARGEST_OBSERVATION)));
        }
    }
}
