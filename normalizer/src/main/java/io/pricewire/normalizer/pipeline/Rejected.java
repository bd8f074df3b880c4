package io.pricewire.normalizer.pipeline;

import io.pricewire.proto.v1.ObservationRejected;

/**
 * A record that breaks a rule, or that cannot be read.
 *
 * @param message what is published about it
 */
record Rejected(ObservationRejected message) implements Verdict {}
