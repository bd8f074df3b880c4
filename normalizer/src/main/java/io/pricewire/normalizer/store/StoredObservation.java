package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Observation;

/**
 * An observation with the asset that it was decided to be of.
 *
 * @param observation what was observed
 * @param assetId the canonical asset
 */
public record StoredObservation(Observation observation, String assetId) {}
