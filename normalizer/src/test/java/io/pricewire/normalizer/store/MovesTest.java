package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.TestDatabase;
import io.pricewire.proto.v1.Price;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MovesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void movesAllAtOnceThoughItIsMoreThanFitsIntoOneStatement() {
        database.execute("insert into asset select name, 'A', 'A', now() from unnest(array['before', 'after']) name");
        database.execute("insert into asset_alias select 'coingecko', 'id-' || n, 'after', 'a', 'A', 'own', '{}',"
                + " 'pricewire', now() from generate_series(1, 1001) n");
        database.execute("insert into asset_alias_decision select 'coingecko', 'id-' || n, now(), gen_random_uuid(),"
                + " 'before', 'after', 'decided', 'operator', '{}', 'me', null from generate_series(1, 1001) n");
        database.execute("""
                insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                  observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                select 'coingecko', 'id-' || n, 'USD', 'before', 'a', 'A', 'tick', now(), false, now(), gen_random_uuid(),
                  gen_random_uuid(), 'live', interval '1 hour', n
                from generate_series(1, 1001) n""");

        List<Price> told =
                new Moves(database.client(), database.transaction()).complete().block(PATIENCE);

        assertThat(told).hasSize(1_001).extracting(Price::getAssetId).containsOnly("after");
        assertThat(database.query("select 1 from asset_alias_decision where moved_at is null"))
                .isEmpty();
    }
}
