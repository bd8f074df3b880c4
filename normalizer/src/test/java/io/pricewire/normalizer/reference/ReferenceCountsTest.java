package io.pricewire.normalizer.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReferenceCountsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void tellHowManyThereAreOfEachStatus() {
        try (TestDatabase database = new TestDatabase()) {
            ReferenceCounts counts = new ReferenceCounts(database.client(), registry);
            database.execute("""
                    insert into price_reference (asset_id, quote, symbol, name, price, status, used, excluded, unconfirmed,
                      observed_at, computed_at, confirmed_price, confirmed_at, partition)
                    select n::text, 'USD', 'A', 'A', 1, case when n = 1 then 'divergent' else 'ok' end, '[]', '[]', n = 3,
                      now(), now(), 1, now(), 0
                    from generate_series(1, 3) n""");

            counts.round().block(PATIENCE);

            assertThat(prices("divergent")).isEqualTo(1);
            assertThat(prices("ok")).isEqualTo(2);
            assertThat(prices("stale")).isZero();
            assertThat(registry.get("pricewire.normalizer.reference.unconfirmed.prices")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    private long prices(String status) {
        return (long) registry.get("pricewire.normalizer.reference.prices")
                .tag("status", status)
                .gauge()
                .value();
    }
}
