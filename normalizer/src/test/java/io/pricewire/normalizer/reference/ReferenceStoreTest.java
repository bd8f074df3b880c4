package io.pricewire.normalizer.reference;

import static io.pricewire.normalizer.reference.Quotations.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who says meanwhile that a price is to be computed again is heard. */
class ReferenceStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ReferenceKey KEY = new ReferenceKey("bitcoin", "USD");

    private static TestDatabase database;

    private final Computation computation = new Computation(Quotations.settings(Map.of()));
    private ReferenceStore store;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void fill() {
        store = new ReferenceStore(database.client());
        database.execute("truncate asset, price_latest, price_reference cascade");
        database.execute("insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now())");
        database.execute("""
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                values ('a', 'bitcoin', 'USD', 'bitcoin', 'BTC', 'Bitcoin', 'tick', '%1$s', false, '%1$s',
                  gen_random_uuid(), gen_random_uuid(), 'live', interval '10 minutes', 1000)""".formatted(TIME));
    }

    @Test
    void keepsWhatIsToBeComputedAgainFromAComputationThatReadBefore() {
        write(compute(0));
        Computed readBefore = compute(1);
        mark();

        write(readBefore);
        publish(readBefore);
        assertThat(due()).isEqualTo("-infinity");

        Computed readAfter = compute(2);
        write(readAfter);
        publish(readAfter);
        assertThat(due()).isEqualTo(later(1));
    }

    @Test
    void keepsWhatIsToBeComputedAgainFromBeingNoted() {
        Computed computed = compute(0);
        write(computed);
        mark();

        publish(computed);

        assertThat(due()).isEqualTo("-infinity");
    }

    @Test
    void looksAtAPriceAgainWhenItIsTime() {
        Computed computed = compute(0);
        write(computed);
        assertThat(due()).startsWith("1970");

        publish(computed);

        assertThat(due()).isEqualTo(later(0));
    }

    /** A heartbeat after it was published. */
    private static String later(int seconds) {
        return (String) database.query("select (timestamptz '%s' + interval '5 minutes')::text as due"
                        .formatted(TIME.plusSeconds(seconds)))
                .getFirst()
                .get("due");
    }

    private Computed compute(int seconds) {
        return store.read(List.of(KEY)).blockOptional(PATIENCE).orElseThrow().stream()
                .flatMap(known -> computation.compute(known, TIME.plusSeconds(seconds)).stream())
                .findFirst()
                .orElseThrow();
    }

    private void write(Computed computed) {
        store.write(List.of(computed), Map.of(KEY, 0)).block(PATIENCE);
    }

    private void publish(Computed computed) {
        store.published(List.of(computed)).block(PATIENCE);
    }

    private static void mark() {
        database.execute("update price_reference set due_at = '-infinity'");
    }

    private static String due() {
        return (String) database.query("select due_at::text as due from price_reference")
                .getFirst()
                .get("due");
    }
}
