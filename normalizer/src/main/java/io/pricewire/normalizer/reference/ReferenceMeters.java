package io.pricewire.normalizer.reference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts reference prices. What fails after it is computed is computed again, and counts again: {@code published} is at
 * most {@code computed}.
 */
final class ReferenceMeters {

    private final Counter computed;
    private final Counter published;
    private final Counter unconfirmed;

    ReferenceMeters(MeterRegistry registry) {
        this.computed = counter(registry, "computed", "Reference prices computed and stored");
        this.published = counter(registry, "published", "Reference prices published");
        this.unconfirmed = counter(registry, "unconfirmed", "Jumps published that no second source confirmed");
    }

    void computed(List<Computed> prices) {
        computed.increment(prices.size());
    }

    void published(List<Computed> prices) {
        published.increment(prices.size());
        prices.stream().filter(Computed::isNewJump).forEach(jump -> unconfirmed.increment());
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("pricewire.normalizer.reference." + name)
                .description(description)
                .register(registry);
    }
}
