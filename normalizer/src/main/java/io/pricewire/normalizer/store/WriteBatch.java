package io.pricewire.normalizer.store;

import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import java.util.List;

/**
 * All that is written in one statement.
 *
 * @param observations what was accepted, repeats and all
 * @param descriptions what sources say their assets are
 * @param rejections what was rejected, by whomever
 * @param runs what ingestors say of their runs
 * @param checkpoints what ingestors say of how far they have come
 */
public record WriteBatch(
        List<StoredObservation> observations,
        List<AssetDescribed> descriptions,
        List<ObservationRejected> rejections,
        List<IngestRun> runs,
        List<Checkpoint> checkpoints) {

    static WriteBatch of(List<StoredObservation> observations) {
        return new WriteBatch(observations, List.of(), List.of(), List.of(), List.of());
    }

    /** The same with these observations. */
    WriteBatch with(List<StoredObservation> others) {
        return new WriteBatch(others, descriptions, rejections, runs, checkpoints);
    }

    boolean isEmpty() {
        return observations.isEmpty()
                && descriptions.isEmpty()
                && rejections.isEmpty()
                && runs.isEmpty()
                && checkpoints.isEmpty();
    }
}
