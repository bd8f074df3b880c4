package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pricewire.normalizer.Observed;
import io.pricewire.normalizer.TestDatabase;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Figure;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RejectionReason;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import io.pricewire.proto.v1.TopicPosition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

class PriceStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant T = Observed.TIME;
    private static final String ASSET = "coingecko:bitcoin";

    private static TestDatabase database;

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
        database.execute("truncate asset, asset_alias, price_latest, price_history, price_candle, raw_observation,"
                + " rejected_observation, ingest_run, ingest_checkpoint");
        database.execute("insert into asset values ('%s', 'BTC', 'Bitcoin', now())".formatted(ASSET));
        store = new PriceStore(database.client(), true, new CandleSettings(true));
    }

    @Test
    void keepsEveryDigit() {
        String price = "0.00000000000000000000000000000000000123";
        String cap = "98184720539396608098184720539396608.10";
        PriceObserved.Builder observed = Observed.bitcoin();
        observed.getFiguresBuilder().setPrice(Observed.decimal(price)).setMarketCap(Observed.decimal(cap));

        write(observed);

        assertThat(row("select price::text, market_cap::text from price_history"))
                .isEqualTo(Map.of("price", price, "market_cap", cap));
        assertThat(row("select price::text, market_cap::text from price_latest"))
                .isEqualTo(Map.of("price", price, "market_cap", cap));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "NULL", "a,b", "{a}", "\"", "\\", "\\\"", "a\tb\n", "\u00e9\ud83d\ude00"})
    void keepsEveryText(String text) {
        write(
                Observed.bitcoin().setName(text),
                Observed.at("1", T.minusSeconds(1)).setSourceAssetId("id" + text));

        assertThat(database.query("select name, source_asset_id from price_latest order by observed_at"))
                .extracting(row -> row.get("name"), row -> row.get("source_asset_id"))
                .containsExactly(tuple("Bitcoin", "id" + text), tuple(text, "bitcoin"));
    }

    @Test
    void keepsNullsBeforeAndAfterWhatIsKnown() {
        PriceObserved.Builder known = Observed.at("2", T.plusSeconds(1)).setSourceAssetId("b");
        known.getFiguresBuilder().setBid(Observed.decimal("1.5")).setRank(7);

        write(
                Observed.at("1", T.plusSeconds(1)).setSourceAssetId("a"),
                known,
                Observed.at("3", T.plusSeconds(1)).setSourceAssetId("c"));

        assertThat(database.query("select price::text, bid::text from price_history order by source_asset_id"))
                .extracting(row -> row.get("price"), row -> row.get("bid"))
                .containsExactly(tuple("1", null), tuple("2", "1.5"), tuple("3", null));
    }

    @Test
    void tellsWhichPricesAreTheNewest() {
        assertThat(write(price("1", T, T))).hasSize(1);
        assertThat(write(price("2", T.plusSeconds(1), T))).hasSize(1);
        assertThat(write(price("3", T.minusSeconds(1), T))).isEmpty();
    }

    @Test
    void tellsSoAgainWhenTheSameBatchComesAgain() {
        PriceObserved.Builder price = price("1", T, T);

        assertThat(write(price)).isEqualTo(write(price)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void endsTheSameInWhateverOrderObservationsArrive(long seed) {
        List<PriceObserved.Builder> all = new ArrayList<>();
        for (int time = 0; time < 6; time++) {
            for (int fetch = 0; fetch < 4; fetch++) {
                all.add(price(String.valueOf(1 + fetch % 2), T.plusSeconds(time), T.plusSeconds(fetch)));
            }
        }
        all.addAll(List.copyOf(all));
        Collections.shuffle(all, new Random(seed));

        Flux.fromIterable(all)
                .buffer(7)
                .toIterable()
                .forEach(batch -> write(batch.toArray(PriceObserved.Builder[]::new)));

        assertThat(database.query("select observed_at, price from price_history order by observed_at"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.get("price")).isEqualTo(new BigDecimal("2")));
        assertThat(row("select extract(epoch from ingested_at - observed_at)::int as lag from price_latest"))
                .containsEntry("lag", 3 - 5);
    }

    @Test
    void keepsTheRunThatFirstBroughtTheValues() {
        write(price("1", T, T).setRunId("11111111-1111-4111-8111-111111111111"));
        write(price("1", T, T.plusSeconds(9)).setRunId("22222222-2222-4222-8222-222222222222"));
        assertThat(row("select run_id::text from price_history")).containsValue("11111111-1111-4111-8111-111111111111");

        write(price("2", T, T.plusSeconds(10)).setRunId("33333333-3333-4333-8333-333333333333"));
        assertThat(row("select run_id::text from price_history")).containsValue("33333333-3333-4333-8333-333333333333");
    }

    @ParameterizedTest
    @EnumSource(
            value = Origin.class,
            names = {"ORIGIN_FILE", "ORIGIN_BACKFILL", "ORIGIN_REPLAY"})
    void leavesLiveWhatAFileOrAReplayBringsOnceMore(Origin origin) {
        write(price("1", T, T));
        write(price("1", T, T.plusSeconds(9)).setOrigin(origin).setStaleAfter(seconds(1)));

        assertThat(origins()).containsExactly("live");
        assertThat(latest())
                .as("it was fetched again, and is the newest still")
                .isEqualTo(Map.of("origin", "live", "stale_after", "00:18:00", "lag", 9));
    }

    @ParameterizedTest
    @EnumSource(
            value = Origin.class,
            names = {"ORIGIN_LIVE", "ORIGIN_FILE"})
    void callsLiveWhatComesLiveAndIsVouchedForAnew(Origin first) {
        write(price("1", T, T).setOrigin(first).setStaleAfter(seconds(1)));
        write(price("1", T, T.plusSeconds(9)).setStaleAfter(seconds(120)));

        assertThat(origins()).containsExactly("live");
        assertThat(latest()).isEqualTo(Map.of("origin", "live", "stale_after", "00:02:00", "lag", 9));
    }

    @Test
    void takesTheOriginOfOtherValues() {
        write(price("1", T, T));
        write(price("2", T, T.plusSeconds(9)).setOrigin(Origin.ORIGIN_FILE).setStaleAfter(seconds(1)));

        assertThat(origins()).containsExactly("file");
        assertThat(latest()).isEqualTo(Map.of("origin", "file", "stale_after", "00:00:01", "lag", 9));
    }

    @Test
    void makesPartitionsForThePast() {
        write(
                price("1", Instant.parse("2013-04-29T23:59:59Z"), T),
                price("1", Instant.parse("2009-01-31T23:59:59Z"), T));

        assertThat(database.query("select tableoid::regclass::text as part from price_history order by 1"))
                .extracting(row -> row.get("part"))
                .containsExactly("price_history_2009_01", "price_history_2013_04");
    }

    @Test
    void keepsWhatTheSourceSent() {
        write(Observed.bitcoin());

        assertThat(row("select convert_from(payload, 'UTF8') as payload, payload_type from raw_observation"))
                .isEqualTo(Map.of("payload", "{\"id\":\"bitcoin\"}", "payload_type", "application/json"));
    }

    @Test
    void keepsNothingOfThatWhereItIsNotWanted() {
        store = new PriceStore(database.client(), false, new CandleSettings(true));

        assertThat(write(Observed.bitcoin())).hasSize(1);

        assertThat(database.query("select 1 from raw_observation")).isEmpty();
    }

    @Test
    void keepsWhatIngestorsSayOfTheirRunsWithTheLastWord() {
        IngestRun running = run(1, RunStatus.RUN_STATUS_RUNNING);
        IngestRun ended = run(2, RunStatus.RUN_STATUS_SUCCESS).toBuilder()
                .addEnds(TopicPosition.newBuilder().setTopic("prices.raw.csv").setOffset(7))
                .build();

        write(new WriteBatch(List.of(), List.of(), List.of(), List.of(ended, running), List.of()));
        write(new WriteBatch(List.of(), List.of(), List.of(), List.of(running), List.of()));

        assertThat(row("select status, ends::text from ingest_run"))
                .isEqualTo(Map.of(
                        "status",
                        "success",
                        "ends",
                        "[{\"topic\": \"prices.raw.csv\", \"offset\": 7, \"partition\": 0}]"));
    }

    @Test
    void keepsHowFarIngestorsHaveCome() {
        Checkpoint checkpoint = Checkpoint.newBuilder()
                .setIngestor("csv")
                .setFile("file")
                .setPosition("10:1")
                .setRun(run(1, RunStatus.RUN_STATUS_RUNNING))
                .setUpdatedAt(Observed.timestamp(T))
                .build();

        write(new WriteBatch(List.of(), List.of(), List.of(), List.of(), List.of(checkpoint)));

        assertThat(row("select ingestor, file, position from ingest_checkpoint"))
                .isEqualTo(Map.of("ingestor", "csv", "file", "file", "position", "10:1"));
    }

    @Test
    void keepsARejectedRecordOnceWithItsReasons() {
        ObservationRejected rejected = ObservationRejected.newBuilder()
                .setRejectionId("44444444-4444-4444-8444-444444444444")
                .setSource("csv-kaggle")
                .addReasons(RejectionReason.newBuilder().setCode("not_a_number").setDetail("it is none"))
                .setRejectedAt(Observed.timestamp(T))
                .setText("1,Bitcoin,x")
                .build();

        write(new WriteBatch(List.of(), List.of(), List.of(rejected, rejected), List.of(), List.of()));
        write(new WriteBatch(List.of(), List.of(), List.of(rejected), List.of(), List.of()));

        assertThat(row("select reasons::text, convert_from(original, 'UTF8') as original, original_type"
                        + " from rejected_observation"))
                .isEqualTo(Map.of(
                        "reasons", "[{\"code\": \"not_a_number\", \"detail\": \"it is none\"}]",
                        "original", "1,Bitcoin,x",
                        "original_type", "text/plain"));
    }

    @Test
    void keepsWhatPostgresHasNoCharacterFor() {
        ObservationRejected rejected = ObservationRejected.newBuilder()
                .setRejectionId(Observed.RUN)
                .setSourceAssetId("bit\0coin")
                .addReasons(RejectionReason.newBuilder().setCode("c").setDetail("not \0 a number"))
                .build();
        IngestRun run = run(1, RunStatus.RUN_STATUS_FAILURE).toBuilder()
                .setError("header c\0o\0i\0n")
                .build();

        write(new WriteBatch(List.of(), List.of(), List.of(rejected), List.of(run), List.of()));

        assertThat(row("select source_asset_id, reasons->0->>'detail' as detail from rejected_observation"))
                .isEqualTo(Map.of("source_asset_id", "bit\uFFFDcoin", "detail", "not \uFFFD a number"));
        assertThat(row("select error from ingest_run")).isEqualTo(Map.of("error", "header c\uFFFDo\uFFFDi\uFFFDn"));
    }

    @Test
    void leavesOutTheOneRowThatPostgresRefuses() {
        database.execute("alter table price_history add constraint refused check (price <> 1234)");
        try {
            List<PriceObserved.Builder> observed = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                observed.add(price(String.valueOf(i + 1), T.minusSeconds(i), T));
            }
            WriteBatch batch = batchOf(observed);
            AtomicInteger statements = new AtomicInteger();
            DatabaseClient counting = DatabaseClient.builder()
                    .connectionFactory(database.client().getConnectionFactory())
                    .executeFunction(statement -> {
                        statements.incrementAndGet();
                        return statement.execute();
                    })
                    .build();

            Written written = new PriceStore(counting, true, new CandleSettings(true))
                    .write(batch)
                    .blockOptional(PATIENCE)
                    .orElseThrow();

            assertThat(written.refused()).singleElement().satisfies(refused -> {
                assertThat(refused.observation().observation().figures().get(Figure.PRICE))
                        .isEqualByComparingTo("1234");
                assertThat(refused.reason()).contains("23514", "refused");
            });
            assertThat(written.asWritten(batch.observations())).hasSize(4_999);
            assertThat(row("select count(*) from price_history")).isEqualTo(Map.of("count", 4_999L));
            assertThat(statements.get())
                    .as("two that make partitions, the first one, and at most two for each halving")
                    .isLessThanOrEqualTo(2 + 1 + 2 * 13);
        } finally {
            database.execute("alter table price_history drop constraint refused");
        }
    }

    @Test
    void writesUnderTheAssetThatWasDecidedMeanwhile() {
        database.execute("insert into asset values ('bitcoin', 'BTC', 'Bitcoin', now())");
        database.execute("insert into asset_alias values"
                + " ('coingecko', 'bitcoin', 'bitcoin', 'BTC', 'Bitcoin', 'operator', '{}', 'me', now())");

        Written written = writeAll(batchOf(List.of(Observed.bitcoin())));

        assertThat(written.corrections()).isEqualTo(Map.of(new SourceAsset("coingecko", "bitcoin"), "bitcoin"));
        assertThat(row("select asset_id from price_history")).isEqualTo(Map.of("asset_id", "bitcoin"));
        assertThat(row("select asset_id from price_latest")).isEqualTo(Map.of("asset_id", "bitcoin"));
    }

    @Test
    void writesConcurrentlyWithoutADeadlock() {
        List<List<PriceObserved.Builder>> batches = new ArrayList<>();
        for (int batch = 0; batch < 8; batch++) {
            List<PriceObserved.Builder> rows = new ArrayList<>();
            for (int asset = 0; asset < 300; asset++) {
                rows.add(price(String.valueOf(1 + batch), T, T.plusSeconds(batch))
                        .setSourceAssetId("asset-" + asset));
            }
            Collections.shuffle(rows, new Random(batch));
            batches.add(rows);
        }

        Flux.fromIterable(batches)
                .flatMap(batch -> store.write(batchOf(batch)), 4)
                .blockLast(PATIENCE);

        assertThat(row("select count(*) as rows, min(price) as least from price_latest"))
                .isEqualTo(Map.of("rows", 300L, "least", new BigDecimal("8")));
    }

    private static List<Object> origins() {
        return database.query("select origin from price_history").stream()
                .map(row -> row.get("origin"))
                .toList();
    }

    private static Map<String, Object> latest() {
        return row("select origin, stale_after::text, extract(epoch from ingested_at - observed_at)::int as lag"
                + " from price_latest");
    }

    private static com.google.protobuf.Duration seconds(long seconds) {
        return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
    }

    private static PriceObserved.Builder price(String price, Instant observedAt, Instant ingestedAt) {
        return Observed.at(price, observedAt).setIngestedAt(Observed.timestamp(ingestedAt));
    }

    private static IngestRun run(long revision, RunStatus status) {
        return IngestRun.newBuilder()
                .setRunId(Observed.RUN)
                .setIngestor("csv")
                .setStatus(status)
                .setTrigger(RunTrigger.RUN_TRIGGER_FILE)
                .setRevision(revision)
                .build();
    }

    private Map<LatestKey, String> write(PriceObserved.Builder... observed) {
        return write(batchOf(List.of(observed)));
    }

    private Map<LatestKey, String> write(WriteBatch batch) {
        return writeAll(batch).newest();
    }

    private Written writeAll(WriteBatch batch) {
        return store.write(batch).blockOptional(PATIENCE).orElseThrow();
    }

    private static WriteBatch batchOf(List<PriceObserved.Builder> observed) {
        List<StoredObservation> rows = observed.stream()
                .map(each -> Candidate.of(Observed.event("test", each)).toObservation())
                .map(observation -> new StoredObservation(observation, ASSET))
                .toList();
        return WriteBatch.of(rows);
    }

    private static Map<String, Object> row(String sql) {
        List<Map<String, Object>> rows = database.query(sql);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
