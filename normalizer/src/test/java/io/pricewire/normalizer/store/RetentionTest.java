package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.proto.v1.PriceObserved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

class RetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final String ASSET = "coingecko:bitcoin";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static TestDatabase database;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private PriceStore store;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.query("select relname::text as name from pg_class where relkind = 'r'"
                        + " and relname ~ '^(price_history|raw_observation)_[0-9]'")
                .forEach(table -> database.execute("drop table " + table.get("name")));
        database.execute(
                "truncate asset, asset_alias, price_latest, price_history, raw_observation, rejected_observation,"
                        + " data_retention");
        database.execute("insert into asset values ('%s', 'BTC', 'Bitcoin', now())".formatted(ASSET));
        database.execute("insert into asset_alias values"
                + " ('coingecko', 'bitcoin', '%s', 'btc', 'Bitcoin', 'own', '{}', 'pricewire', now())"
                        .formatted(ASSET));
        store = new PriceStore(database.client(), true, new CandleSettings(true));
    }

    @Test
    void letsMonthsLeaveWhoseLastInstantHasExpired() {
        write("2026-07-31T23:59:59Z", "2026-08-01T00:00:00Z", "2026-09-15T00:00:00Z");

        retention("81d", "").round().block(PATIENCE);

        assertThat(partitions("price_history"))
                .as("NOW - 81 days is in September")
                .containsExactly("price_history_2026_09");
        assertThat(expired("price_history")).isEqualTo(2);
        assertThat(names("select expired_before at time zone 'UTC' as name from data_retention"
                        + " where table_name = 'price_history'"))
                .containsExactly("2026-09-01T00:00");
    }

    @Test
    void keepsAMonthUntilItsEndHasExpired() {
        write("2026-09-15T00:00:00Z");
        Clock before = Clock.fixed(Instant.parse("2026-10-01T23:59:59.999Z"), ZoneOffset.UTC);
        Clock then = Clock.fixed(Instant.parse("2026-10-02T00:00:00Z"), ZoneOffset.UTC);

        retention("1d", "", before).round().block(PATIENCE);
        assertThat(partitions("price_history")).hasSize(1);

        retention("1d", "", then).round().block(PATIENCE);
        assertThat(partitions("price_history")).isEmpty();
    }

    @Test
    void keepsEverythingForever() {
        write("2009-01-03T00:00:00Z");

        retention("forever", "").round().block(PATIENCE);

        assertThat(partitions("price_history")).hasSize(1);
    }

    @Test
    void writesWhatLeavesToAFileWithEveryDigit() throws IOException {
        PriceObserved.Builder observed =
                Observed.at("0.00000000000000000000000000000000000120", at("2013-04-29T23:59:59.999Z"));
        observed.getFiguresBuilder().setMarketCap(Observed.decimal("98184720539396608098184720539396608.10"));
        write(observed, Observed.at("64123.10", at("2013-04-30T00:00:00Z")));

        retention("30d", folder.resolve("new/archive").toString()).round().block(PATIENCE);

        assertThat(files("new/archive")).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString()).matches("price_history_2013_04\\.[0-9a-f]{8}\\.ndjson\\.gz");
            List<JsonNode> rows = rows(file);
            assertThat(rows).hasSize(2);
            assertThat(rows.getFirst().get("price").decimalValue())
                    .isEqualTo(new BigDecimal("0.00000000000000000000000000000000000120"));
            assertThat(rows.getFirst().get("market_cap").decimalValue())
                    .isEqualTo(new BigDecimal("98184720539396608098184720539396608.10"));
            assertThat(rows.getFirst().get("observed_at").asString()).isEqualTo("2013-04-29T23:59:59.999+00:00");
            assertThat(rows.getFirst().get("symbol").asString()).isEqualTo("btc");
            assertThat(rows.getFirst().has("open"))
                    .as("what is unknown is left out")
                    .isFalse();
            assertThat(rows.getLast().get("price").decimalValue()).isEqualTo(new BigDecimal("64123.10"));
            assertThat(registry.counter("pricewire.storage.archived").count()).isEqualTo((double) Files.size(file));
        });
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void letsPayloadsLeaveByTheDay() throws IOException {
        write(
                Observed.bitcoin().setIngestedAt(Observed.timestamp(at("2026-10-21T23:59:59Z"))),
                Observed.at("1", NOW).setIngestedAt(Observed.timestamp(at("2026-10-22T00:00:00Z"))));

        retention("forever", folder.toString()).round().block(PATIENCE);

        assertThat(partitions("raw_observation")).containsExactly("raw_observation_2026_10_22");
        assertThat(files(""))
                .singleElement()
                .satisfies(file -> assertThat(rows(file))
                        .singleElement()
                        .satisfies(row -> assertThat(row.get("payload").binaryValue())
                                .asString()
                                .isEqualTo("{\"id\":\"bitcoin\"}")));
    }

    @Test
    void goesOnWithWhatWasTakenOutBeforeACrash() throws IOException {
        write("2013-04-29T00:00:00Z");
        database.execute("select expire_partition('price_history', 'price_history_2013_04')");

        retention("forever", folder.toString()).round().block(PATIENCE);

        assertThat(files("")).hasSize(1);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void writesNothingTwiceAfterACrashBetweenTheFileAndTheDrop() throws IOException {
        write("2013-04-29T00:00:00Z");
        database.execute("select expire_partition('price_history', 'price_history_2013_04')");
        String partition = leftBehind().getFirst();
        ExpiredPartitions partitions = new ExpiredPartitions(database.client(), database.transaction());
        Mono<Void> killed = partitions
                .remove(partition, folder)
                .then(Mono.<Void>error(new IllegalStateException("killed")))
                .as(database.transaction()::transactional);
        assertThatThrownBy(() -> killed.block(PATIENCE)).hasMessage("killed");
        assertThat(leftBehind()).hasSize(1);
        assertThat(files("")).hasSize(1);

        retention("forever", folder.toString()).round().block(PATIENCE);

        assertThat(files(""))
                .singleElement()
                .satisfies(file -> assertThat(rows(file)).hasSize(1));
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void keepsWhatCannotBeWrittenUntilItCan() throws IOException {
        write("2013-04-29T00:00:00Z");
        Path archive = folder.resolve("archive");
        Retention retention = retention("1d", archive.toString());
        Files.createFile(archive);

        retention.round().block(PATIENCE);
        assertThat(leftBehind()).hasSize(1);
        assertThat(registry.counter("pricewire.storage.retention.failures").count())
                .isEqualTo(1);

        Files.delete(archive);
        retention.round().block(PATIENCE);
        assertThat(leftBehind()).isEmpty();
        assertThat(files("archive"))
                .singleElement()
                .satisfies(file -> assertThat(rows(file)).hasSize(1));
    }

    @Test
    void storesWhatArrivesForAMonthThatHasLeft_untilTheNextRound() throws IOException {
        Retention retention = retention("1d", folder.toString());
        write("2013-04-29T00:00:00Z");
        retention.round().block(PATIENCE);

        write("2013-04-30T00:00:00Z");
        assertThat(database.query("select observed_at from price_history")).hasSize(1);

        retention.round().block(PATIENCE);
        assertThat(database.query("select observed_at from price_history")).isEmpty();
        assertThat(files("")).as("nothing of the first one is written over").hasSize(2);
    }

    @Test
    void letsEachPartitionLeaveOnceThoughTwoInstancesTry() throws IOException {
        write("2013-04-29T00:00:00Z", "2013-05-29T00:00:00Z", "2013-06-29T00:00:00Z", "2013-07-29T00:00:00Z");

        Flux.merge(
                        retention("1d", folder.toString()).round(),
                        retention("1d", folder.toString()).round())
                .then(Mono.defer(retention("1d", folder.toString())::round))
                .block(PATIENCE);

        assertThat(files(""))
                .hasSize(4)
                .allSatisfy(file -> assertThat(rows(file)).hasSize(1));
        assertThat(expired("price_history")).isEqualTo(4);
        assertThat(partitions("price_history")).isEmpty();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void doesNotWaitLongForSomebodyWhoReads() {
        write("2013-04-29T00:00:00Z");
        Mono<Void> expire = database.client()
                .sql("select expire_partition('price_history', 'price_history_2013_04')")
                .then();

        Mono<Void> whileItIsRead = database.client()
                .inConnection(connection -> Mono.from(connection.beginTransaction())
                        .thenMany(connection
                                .createStatement("select count(*) from price_history")
                                .execute())
                        .flatMap(result -> result.map(row -> true))
                        .then(expire)
                        .onErrorResume(failure ->
                                Mono.from(connection.rollbackTransaction()).then(Mono.error(failure))));

        assertThatThrownBy(() -> whileItIsRead.block(PATIENCE)).hasStackTraceContaining("55P03");
        assertThat(partitions("price_history")).hasSize(1);
    }

    @Test
    void deletesOldRejectionsSomeAtATime() {
        database.execute("""
                insert into rejected_observation
                  (rejection_id, source, source_asset_id, reasons, original, original_type, rejected_at)
                select gen_random_uuid(), 's', 'a', '[]', '', 'text/plain', timestamptz '2026-01-01 00:00Z' + n * interval '1 s'
                from generate_series(0, 6) n""");

        assertThat(new ExpiredRejections(database.client(), 2)
                        .delete(at("2026-01-01T00:00:06Z"))
                        .block(PATIENCE))
                .isEqualTo(6);

        assertThat(database.query("select 1 from rejected_observation")).hasSize(1);
    }

    @Test
    void deletesRejectionsThatAreOlderThanTheyAreKept() {
        database.execute("""
                insert into rejected_observation
                  (rejection_id, source, source_asset_id, reasons, original, original_type, rejected_at)
                values (gen_random_uuid(), 's', 'a', '[]', '', 'text/plain', '2026-10-22 06:59:59Z'),
                  (gen_random_uuid(), 's', 'a', '[]', '', 'text/plain', '2026-10-22 07:00:00Z')""");

        retention("forever", "").round().block(PATIENCE);

        assertThat(database.query("select 1 from rejected_observation")).hasSize(1);
        assertThat(expiredRows("rejected_observation")).isEqualTo(1);
    }

    private Retention retention(String history, String archive) {
        return retention(history, archive, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Retention retention(String history, String archive, Clock clock) {
        return new Retention(
                new RetentionSettings(history, "30d", "30d", archive, Duration.ofHours(1)),
                database.client(),
                database.transaction(),
                registry,
                clock);
    }

    /** Observations of these times, which were fetched now. */
    private void write(String... times) {
        write(Stream.of(times).map(time -> Observed.at("1", at(time))).toArray(PriceObserved.Builder[]::new));
    }

    private void write(PriceObserved.Builder... observed) {
        List<StoredObservation> rows = Stream.of(observed)
                .map(each -> Candidate.of(Observed.event("test", each)).toObservation())
                .map(observation -> new StoredObservation(observation, ASSET))
                .toList();
        Written written =
                store.write(WriteBatch.of(rows)).blockOptional(PATIENCE).orElseThrow();
        assertThat(written.refused()).isEmpty();
    }

    private double expired(String table) {
        return registry.counter("pricewire.storage.expired.partitions", "table", table)
                .count();
    }

    private double expiredRows(String table) {
        return registry.counter("pricewire.storage.expired.rows", "table", table)
                .count();
    }

    private static List<String> partitions(String table) {
        return names("select partition as name from partitions('%s') order by 1".formatted(table));
    }

    private static List<String> leftBehind() {
        return names(
                "select relname::text as name from pg_class where relkind = 'r' and relname like '%\\_expired\\_%'");
    }

    private static List<String> names(String sql) {
        return database.query(sql).stream()
                .map(Map.class::cast)
                .map(row -> String.valueOf(row.get("name")))
                .toList();
    }

    private List<Path> files(String archive) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(archive))) {
            return files.toList();
        }
    }

    private static List<JsonNode> rows(Path file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().map(JSON::readTree).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }
}
