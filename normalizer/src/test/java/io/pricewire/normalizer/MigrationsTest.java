package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.database.DatabaseSettings;
import io.pricewire.embedded.FreePort;
import io.pricewire.embedded.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class MigrationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void areNotCutShortByAStop() {
        Migrations migrations = new Migrations(TestDatabase.target(TestServers.newDatabase()));

        migrations.run(Mono.empty()).block(PATIENCE);

        StepVerifier.create(migrations.done()).expectComplete().verify(PATIENCE);
    }

    @Test
    void areNotTriedAgainAfterAStop() {
        Migrations migrations =
                new Migrations(TestDatabase.target("postgresql://nobody@127.0.0.1:%d/none".formatted(FreePort.any())));

        StepVerifier.create(migrations.run(Mono.empty())).expectComplete().verify(PATIENCE);
    }

    @Test
    void areAJobThatEnds() throws SQLException {
        String url = TestServers.newDatabase();

        NormalizerService.main(new String[] {MigrationJob.ARGUMENT, "--pricewire.database.url=" + url});

        DatabaseSettings.Target target = TestDatabase.target(url);
        try (Connection connection = DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password());
                ResultSet tables = connection.getMetaData().getTables(null, "public", "price_latest", null)) {
            assertThat(tables.next()).isTrue();
        }
    }

    @Test
    void failAsAJobThatTheServerRefuses() {
        String url = TestServers.newDatabase().replaceFirst("/[^/]+$", "/there_is_none");

        StepVerifier.create(new Migrations(TestDatabase.target(url)).runOrFail())
                .expectErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("there_is_none"))
                .verify(PATIENCE);
    }

    @Test
    void failAsAJobWhereAMigrationWasChanged() {
        String url = TestServers.newDatabase();
        try (TestDatabase changed = new TestDatabase(url)) {
            changed.execute("update flyway_schema_history set checksum = checksum + 1 where version is not null");
        }

        StepVerifier.create(new Migrations(TestDatabase.target(url)).runOrFail())
                .expectErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("checksum mismatch"))
                .verify(PATIENCE);
    }

    @Test
    void waitAsAJobForADatabaseThatIsAway() {
        Migrations migrations =
                new Migrations(TestDatabase.target("postgresql://nobody@127.0.0.1:%d/none".formatted(FreePort.any())));

        StepVerifier.create(migrations.runOrFail())
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void explainEveryTable() {
        assertThat(database.query("""
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
                  and relname <> 'flyway_schema_history' and obj_description(oid) is null""")).isEmpty();
    }

    @Test
    void explainEveryColumn() {
        assertThat(database.query("""
                select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
                  and attnum > 0 and relname <> 'flyway_schema_history' and col_description(attrelid, attnum) is null""")).isEmpty();
    }

    @Test
    void letReadersReadAndNothingElse() {
        database.execute(
                "select ensure_partitions('price_history', array['2026-01-01T00:00:00Z'::timestamptz], '1 month')");
        database.execute("set role pricewire_reader");
        try {
            assertThat(database.query("select count(*) as rows from price_history_2026_01"))
                    .hasSize(1);
            assertThatThrownBy(() -> database.execute("delete from price_latest"))
                    .hasStackTraceContaining("permission denied");
        } finally {
            database.execute("reset role");
        }
    }

    @Test
    void letReadersReadEveryTableAndViewAndWriteNone() {
        database.execute(
                "select ensure_partitions('raw_observation', array['2026-01-01T00:00:00Z'::timestamptz], '1 day')");

        assertThat(database.query("""
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
                  and (not has_table_privilege('pricewire_reader', oid, 'select')
                    or has_table_privilege('pricewire_reader', oid, 'insert, update, delete, truncate, references, trigger'))""")).isEmpty();
        assertThat(database.query("select has_schema_privilege('pricewire_reader', 'public', 'create') as may"))
                .hasToString("[{may=false}]");
    }

    @Test
    void makeAPartitionOnce() {
        String make =
                "select ensure_partitions('price_history', array['2013-04-01T00:00:00Z'::timestamptz], '1 month')";

        database.execute(make);
        database.execute(make);

        assertThat(database.query("select pg_get_expr(relpartbound, oid) as bounds from pg_class"
                        + " where relname = 'price_history_2013_04'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("bounds"))
                        .isEqualTo("FOR VALUES FROM ('2013-04-01 00:00:00+00') TO ('2013-05-01 00:00:00+00')"));
    }

    @Test
    void makeAPartitionOnceThoughSeveralInstancesTry() {
        String make = "select ensure_partitions('price_history',"
                + " array(select timestamptz '2001-01-01 00:00Z' + n * interval '1 month' from generate_series(0, 11) n),"
                + " '1 month')";

        Flux.range(0, 6)
                .flatMap(instance -> database.client().sql(make).then(), 6)
                .blockLast(Duration.ofSeconds(30));

        assertThat(database.query("select 1 from partitions('price_history') where ends <= '2002-01-01 00:00Z'"))
                .hasSize(12);
    }

    @Test
    void takeNoTableForAPartitionThatIsNone() {
        database.execute("create table price_history_2000_01 (like price_history)");

        assertThatThrownBy(() -> database.execute("select ensure_partitions('price_history',"
                        + " array['2000-01-01T00:00:00Z'::timestamptz], '1 month')"))
                .hasStackTraceContaining("the table price_history_2000_01 is not a partition of price_history");

        database.execute("drop table price_history_2000_01");
    }
}
