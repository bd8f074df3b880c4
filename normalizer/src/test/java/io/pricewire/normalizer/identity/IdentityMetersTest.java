package io.pricewire.normalizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IdentityMeters meters = new IdentityMeters(registry);

    @Test
    void countDecisionsByWhatTheyRestOn() {
        meters.add(List.of(alias("a", Method.CONTRACT, false), alias("b", Method.OWN, true)));
        meters.add(List.of(alias("c", Method.OWN, false)));

        assertThat(decisions("contract")).isEqualTo(1);
        assertThat(decisions("own")).isEqualTo(2);
        assertThat(registry.get("pricewire.normalizer.identity.ambiguous")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void areThereBeforeAnythingIsDecided() {
        assertThat(registry.find("pricewire.normalizer.identity.decisions").counters())
                .hasSameSizeAs(Method.values());
    }

    private long decisions(String method) {
        return (long) registry.get("pricewire.normalizer.identity.decisions")
                .tag("method", method)
                .counter()
                .count();
    }

    private static Alias alias(String id, Method method, boolean isAmbiguous) {
        return new Alias(
                new SourceAsset("toy", id),
                "toy:" + id,
                "A",
                "A",
                method,
                isAmbiguous,
                Map.of(),
                "pricewire",
                Instant.EPOCH);
    }
}
