package io.pricewire.normalizer.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts decisions which asset a source means, by what they rest on. They add up to all that were made; those that are
 * ambiguous are among those that rest on nothing. A decision whose transaction fails is made again, and counts again.
 */
final class IdentityMeters {

    private final Map<Method, Counter> decisions = new EnumMap<>(Method.class);
    private final Counter ambiguous;

    IdentityMeters(MeterRegistry registry) {
        for (Method method : Method.values()) {
            decisions.put(
                    method,
                    Counter.builder("pricewire.normalizer.identity.decisions")
                            .description("Decisions which asset a source means, by what they rest on")
                            .tag("method", method.code())
                            .register(registry));
        }
        this.ambiguous = Counter.builder("pricewire.normalizer.identity.ambiguous")
                .description("Decisions to keep something apart until an operator decides")
                .register(registry);
    }

    void add(Collection<Alias> decided) {
        for (Alias alias : decided) {
            Counter counter = decisions.get(alias.method());
            if (counter != null) {
                counter.increment();
            }
            if (alias.isAmbiguous()) {
                ambiguous.increment();
            }
        }
    }
}
