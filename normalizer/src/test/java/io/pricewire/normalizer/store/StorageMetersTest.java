package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

class StorageMetersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-31T23:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesThePartitionsOfNowAndNext() {
        new PartitionsAhead(database.client(), CLOCK).round().block(PATIENCE);
        new StorageMeters(database.client(), registry, CLOCK).round().block(PATIENCE);

        assertThat(database.query("select partition from partitions('price_history') union all"
                        + " select partition from partitions('raw_observation') order by 1"))
                .extracting(row -> row.get("partition"))
                .containsExactly(
                        "price_history_2026_12",
                        "price_history_2027_01",
                        "raw_observation_2026_12_31",
                        "raw_observation_2027_01_01");
        assertThat(gauge("pricewire.storage.partitions", "price_history")).isEqualTo(2);
        assertThat(gauge("pricewire.storage.partitions.missing", "price_history"))
                .isZero();
        assertThat(gauge("pricewire.storage.partitions.missing", "raw_observation"))
                .isZero();
    }

    @Test
    void tellsThatAPartitionIsMissingUntilItIsMadeAgain() {
        PartitionsAhead ahead = new PartitionsAhead(database.client(), CLOCK);
        StorageMeters meters = new StorageMeters(database.client(), registry, CLOCK);
        ahead.round().block(PATIENCE);
        database.execute("drop table raw_observation_2027_01_01");

        meters.round().block(PATIENCE);
        assertThat(gauge("pricewire.storage.partitions.missing", "raw_observation"))
                .isEqualTo(1);

        ahead.round().block(PATIENCE);
        meters.round().block(PATIENCE);
        assertThat(gauge("pricewire.storage.partitions.missing", "raw_observation"))
                .isZero();
    }

    @Test
    void makesThePartitionsOfOneTableThoughItCannotThoseOfTheOther() {
        database.execute("alter table price_history rename to elsewhere");

        assertThatThrownBy(() ->
                        new PartitionsAhead(database.client(), CLOCK).round().block(PATIENCE))
                .isInstanceOf(DataAccessException.class);

        assertThat(database.query("select partition from partitions('raw_observation')"))
                .hasSize(2);
    }

    @Test
    void measuresWhatTheDatabaseTakes() {
        new StorageMeters(database.client(), registry, CLOCK).round().block(PATIENCE);

        assertThat(registry.get("pricewire.storage.size").gauge().value()).isGreaterThan(1_000_000);
    }

    @Test
    void measuresDeadRowsOfTheTablesThatChangeMost() {
        database.execute("alter table asset set (autovacuum_enabled = false)");
        database.execute("insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now())");
        database.execute("update asset set name = 'bitcoin'");
        database.execute("select pg_stat_force_next_flush()");

        StorageMeters meters = new StorageMeters(database.client(), registry, CLOCK);

        await().atMost(PATIENCE).untilAsserted(() -> {
            meters.round().block(PATIENCE);
            assertThat(gauge("pricewire.storage.dead.rows", "asset")).isEqualTo(1);
        });
        assertThat(registry.find("pricewire.storage.dead.rows").gauges())
                .extracting(gauge -> gauge.getId().getTag("table"))
                .containsExactlyInAnyOrder(
                        "asset",
                        "asset_alias",
                        "ingest_checkpoint",
                        "ingest_run",
                        "price_candle",
                        "price_history",
                        "price_latest",
                        "price_reference",
                        "rejected_observation");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            price_latest, fillfactor=50
            price_reference, fillfactor=50
            price_candle, fillfactor=85
            ingest_run, fillfactor=70
            ingest_checkpoint, fillfactor=50
            asset_alias, fillfactor=90
            rejected_observation, ''
            """)
    void leavesRoomAndVacuumsEarlyWhereRowsChangeAllTheTime(String table, String room) {
        String options = database.query("select array_to_string(reloptions, ' ') as options from pg_class"
                        + " where relname = '%s'".formatted(table))
                .getFirst()
                .get("options")
                .toString();

        assertThat(options).contains(room).containsPattern("autovacuum_vacuum_scale_factor=0\\.0[25]\\b");
    }

    private double gauge(String name, String table) {
        return registry.get(name).tag("table", table).gauge().value();
    }
}
