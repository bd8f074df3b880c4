package io.pricewire.normalizer.store;

import io.pricewire.normalizer.identity.SourceAsset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of writing a batch.
 *
 * @param newest of the batch's newest price of each key, the event id of those that are now the newest of all
 * @param corrections what was decided meanwhile to be another asset than the batch says
 * @param refused what Postgres did not take, and why
 */
public record Written(Map<LatestKey, String> newest, Map<SourceAsset, String> corrections, List<Refused> refused) {

    /** The observations that were written, with the assets under which they were. */
    public List<StoredObservation> asWritten(List<StoredObservation> batch) {
        if (refused.isEmpty() && corrections.isEmpty()) {
            return batch;
        }
        Set<StoredObservation> left = new HashSet<>();
        refused.forEach(one -> left.add(one.observation()));
        return batch.stream()
                .filter(row -> !left.contains(row))
                .map(row -> new StoredObservation(
                        row.observation(),
                        corrections.getOrDefault(
                                new SourceAsset(
                                        row.observation().source(),
                                        row.observation().sourceAssetId()),
                                row.assetId())))
                .toList();
    }

    Written and(Written other) {
        Map<LatestKey, String> allNewest = new HashMap<>(newest);
        allNewest.putAll(other.newest);
        Map<SourceAsset, String> allCorrections = new HashMap<>(corrections);
        allCorrections.putAll(other.corrections);
        List<Refused> allRefused = new ArrayList<>(refused);
        allRefused.addAll(other.refused);
        return new Written(allNewest, allCorrections, allRefused);
    }

    /**
     * An observation that Postgres did not take.
     *
     * @param reason its state and message
     */
    public record Refused(StoredObservation observation, String reason) {}
}
