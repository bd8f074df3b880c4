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
 * @param canaries of which only the payload is kept, whatever is set
 */
public record WriteBatch(
        List<StoredObservation> observations,
        List<AssetDescribed> descriptions,
        List<ObservationRejected> rejections,
        List<IngestRun> runs,
        List<Checkpoint> checkpoints,
        List<StoredObservation> canaries) {

    /** Without canaries. */
    public WriteBatch(
            List<StoredObservation> observations,
            List<AssetDescribed> descriptions,
            List<ObservationRejected> rejections,
            List<IngestRun> runs,
            List<Checkpoint> checkpoints) {
        this(observations, descriptions, rejections, runs, checkpoints, List.of());
    }

    static WriteBatch of(List<StoredObservation> observations) {
        return new WriteBatch(observations, List.of(), List.of(), List.of(), List.of());
    }

    /** The same with these observations. */
    WriteBatch with(List<StoredObservation> others) {
        return new WriteBatch(others, descriptions, rejections, runs, checkpoints, canaries);
    }

    boolean isEmpty() {
        return observations.isEmpty()
                && descriptions.isEmpty()
                && rejections.isEmpty()
                && runs.isEmpty()
                && checkpoints.isEmpty()
                && canaries.isEmpty();
    }
}
