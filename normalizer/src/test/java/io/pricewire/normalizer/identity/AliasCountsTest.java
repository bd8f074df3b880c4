package io.pricewire.normalizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AliasCountsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void tellHowManyAreDecidedAndHowManyAreNot() {
        try (TestDatabase database = new TestDatabase()) {
            AliasCounts counts = new AliasCounts(database.client(), registry);
            database.execute("insert into asset values ('a', 'A', 'A', now())");
            database.execute("""
                    insert into asset_alias (source, source_asset_id, asset_id, symbol, name, status, method, evidence,
                      decided_by, decided_at)
                    select 'toy', n::text, 'a', 'A', 'A', case when n = 1 then 'ambiguous' else 'decided' end, 'own', '{}',
                      'pricewire', now()
                    from generate_series(1, 3) n""");

            counts.round().block(PATIENCE);
            assertThat(aliases("ambiguous")).isEqualTo(1);
            assertThat(aliases("decided")).isEqualTo(2);

            database.execute("delete from asset_alias");
            counts.round().block(PATIENCE);
            assertThat(aliases("decided")).isZero();
        }
    }

    private long aliases(String status) {
        return (long) registry.get("pricewire.normalizer.identity.aliases")
                .tag("status", status)
                .gauge()
                .value();
    }
}
