package io.pricewire.normalizer.store;

import io.pricewire.normalizer.identity.Alias;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import java.util.List;

/**
 * All that is written in one statement.
 *
 * @param observations what was accepted, repeats and all
 * @param aliases decisions that are new
 * @param rejections what was rejected, by whomever
 * @param runs what ingestors say of their runs
 * @param checkpoints what ingestors say of how far they have come
 */
public record WriteBatch(
        List<StoredObservation> observations,
        List<Alias> aliases,
        List<ObservationRejected> rejections,
        List<IngestRun> runs,
        List<Checkpoint> checkpoints) {}
