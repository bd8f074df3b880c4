package io.pricewire.normalizer.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pricewire.normalizer.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long the canary took from being sent to each hop, by the clocks of both ends. Of a hop that none has reached yet there
 * is no meter. A canary whose batch comes again reaches its hops again, and counts again, by what that took in all.
 */
final class CanaryMeters {

    private final MeterRegistry registry;

    CanaryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** They have reached this hop. */
    void reached(String hop, List<Observation> canaries, Instant now) {
        for (Observation canary : canaries) {
            Timer.builder("pricewire.canary.latency")
                    .description("From sending the canary to its arrival at a hop")
                    .tag("hop", hop)
                    .register(registry)
                    .record(Duration.between(canary.observedAt(), now));
        }
    }
}
