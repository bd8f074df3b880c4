package io.pricewire.normalizer.pipeline;

import io.pricewire.normalizer.observation.Observation;

/**
 * A record that keeps every rule.
 *
 * @param observation what it says
 */
record Accepted(Observation observation) implements Verdict {}
