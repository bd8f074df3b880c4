package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.database.DatabaseSettings;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.EventPreview;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.csv.FileLabel;
import io.pricewire.ingestor.csv.LooseFile;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.Retention;
import io.pricewire.normalizer.store.RetentionSettings;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.normalizer.store.WriteBatch;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

class ArchivedHistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final Instant FETCHED = Instant.parse("2013-05-01T10:11:12.131415Z");
    private static final String LINE = """
            {"source":"coingecko","source_asset_id":"bitcoin","quote":"USD","interval":"tick",\
            "observed_at":"2013-04-29T23:59:59.999+00:00","observed_at_assumed":false,"asset_id":"bitcoin",\
            "ingested_at":"2013-04-30T00:00:00+00:00","event_id":"11111111-1111-4111-8111-111111111111",\
            "run_id":"11111111-1111-4111-8111-111111111111","origin":"live","price":64123.10,"rank":1,"symbol":"btc","name":"Bitcoin"}
            """;

    @TempDir
    Path folder;

    @Test
    void bringsBackTheRowsThatLeft() throws IOException {
        List<ObservedPrice> prices = List.of(
                price("coingecko", "bitcoin", Interval.TICK, "2013-04-29T23:59:59.999Z", "64123.10"),
                price("coingecko", "bitcoin", Interval.DAY, "2013-04-29T23:59:59.999Z", "64123.1"),
                price(
                        "csv-my-files",
                        "naïve, \"quoted\"\ncoin",
                        Interval.TICK,
                        "2013-04-30T00:00:00Z",
                        "0." + "0".repeat(36) + "10"),
                price(
                        "coingecko",
                        "huge",
                        Interval.TICK,
                        "2013-04-01T00:00:00Z",
                        "98184720539396608098184720539396608.10"));
        try (AnnotationConfigApplicationContext context = database(TestServers.newDatabase())) {
            DatabaseClient client = context.getBean(DatabaseClient.class);
            write(prices.stream().map(ArchivedHistoryTest::live).toList(), client);
            List<Map<String, Object>> before = rows(client);

            expire(context);
            assertThat(rows(client)).isEmpty();
            load(archive(), client);

            assertThat(rows(client))
                    .as("but for its origin, as it was, fetched when it was")
                    .isEqualTo(before)
                    .hasSize(4);
            assertThat(values("select distinct origin as value from price_history", client))
                    .containsExactly("file");
            assertThat(values(
                            "select distinct (ingested_at at time zone 'UTC')::date::text as value from raw_observation order by 1",
                            client))
                    .as("what was read came when it was read")
                    .containsExactly("2013-05-01", "2026-11-21");
        }
    }

    @Test
    void leavesACorrectionAloneThatWasFetchedSince() throws IOException {
        ObservedPrice wrong = price("coingecko", "bitcoin", Interval.TICK, "2013-04-29T23:59:59.999Z", "1");
        ObservedPrice right = price("coingecko", "bitcoin", Interval.TICK, "2013-04-29T23:59:59.999Z", "2");
        try (AnnotationConfigApplicationContext context = database(TestServers.newDatabase())) {
            DatabaseClient client = context.getBean(DatabaseClient.class);
            write(List.of(live(wrong)), client);
            expire(context);
            write(List.of(fetched(right, FETCHED.plus(Duration.ofDays(400)))), client);

            load(archive(), client);

            assertThat(values("select price::text as value from price_history", client))
                    .containsExactly("2");
            assertThat(values("select price::text as value from price_latest", client))
                    .containsExactly("2");
        }
    }

    @Test
    void isReadWhetherItIsCompressedOrNot() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.ndjson"), LINE);
        Path compressed = compressed(LINE);

        assertThat(ArchivedHistory.isOne(plain)).isTrue();
        assertThat(ArchivedHistory.isOne(compressed)).isTrue();
        assertThat(read(plain).observed())
                .isEqualTo(read(compressed).observed())
                .singleElement()
                .satisfies(price -> {
                    assertThat(price.symbol()).isEqualTo("btc");
                    assertThat(price.observedAt()).isEqualTo("2013-04-29T23:59:59.999Z");
                    assertThat(price.ingestedAt()).isEqualTo("2013-04-30T00:00:00Z");
                    assertThat(price.figures())
                            .isEqualTo(Map.of(Figure.PRICE, new BigDecimal("64123.10"), Figure.RANK, BigDecimal.ONE));
                });
    }

    @Test
    void refusesALineThatIsBrokenAndReadsTheRest() throws IOException {
        Path file = Files.writeString(
                folder.resolve("archive.ndjson"), LINE + LINE.replace("\"quote\":\"USD\",", "") + "{\"sou\n" + LINE);

        Batch batch = read(file);

        assertThat(batch.observed()).hasSize(2);
        assertThat(batch.refused()).hasSize(2);
        assertThat(batch.refused().getFirst().line()).isEqualTo(2);
        assertThat(batch.refused().getFirst().reasons().getFirst().detail()).isEqualTo("quote is missing");
    }

    @Test
    void refusesALineThatDoesNotSayInAFormThatIsKnownWhenItWasFetched() throws IOException {
        Path file = Files.writeString(
                folder.resolve("archive.ndjson"), LINE.replace("2013-04-30T00:00:00+00:00", "30 April"));

        assertThat(read(file).refused())
                .singleElement()
                .extracting(refusal -> refusal.reasons().getFirst().detail())
                .isEqualTo("ingested_at: \"30 April\" is not a time of the form 2026-11-21T07:00:00Z");
    }

    @Test
    void isReadAsFetchedNowWhereItDoesNotSayWhenItWas() throws IOException {
        Path file = Files.writeString(
                folder.resolve("archive.ndjson"), LINE.replace("\"ingested_at\":\"2013-04-30T00:00:00+00:00\",", ""));

        assertThat(read(file).observed())
                .singleElement()
                .extracting(ObservedPrice::ingestedAt)
                .isNull();
    }

    @Test
    void saysThatItsEndIsMissing() throws IOException {
        byte[] whole = Files.readAllBytes(compressed(LINE.repeat(1_000)));
        Path file = Files.write(folder.resolve("cut.ndjson.gz"), Arrays.copyOf(whole, whole.length - 20));

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("its name: the archive is not complete, or damaged");
    }

    @Test
    void saysThatPayloadsAreNotReadBack() throws IOException {
        Path file = Files.writeString(
                folder.resolve("raw.ndjson"),
                "{\"event_id\":\"1\",\"ingested_at\":\"2026-11-21T07:00:00+00:00\",\"payload\":\"e30=\"}\n");

        assertThat(ArchivedHistory.isOne(file)).isTrue();
        assertThatThrownBy(() -> read(file)).hasMessageContaining("load takes archives of price_history");
    }

    @Test
    void isNoSavedAnswerAndNoCsv() throws IOException {
        assertThat(ArchivedHistory.isOne(Files.writeString(folder.resolve("a"), "{\"id\":\"btc-bitcoin\"}")))
                .isFalse();
        assertThat(ArchivedHistory.isOne(Files.writeString(folder.resolve("b"), "source,source_asset_id\n")))
                .isFalse();
        assertThat(ArchivedHistory.isOne(Files.createFile(folder.resolve("c")))).isFalse();
    }

    /** The observations of an archive, after they were made a CSV file and read from it. */
    private List<ObservedPrice> loaded(Path archive) throws IOException {
        PriceFile file = new PriceFile(archive, "its name", FileLabel.NONE, null, null);
        assertThat(file.isTransformed()).isTrue();
        List<ObservedPrice> prices = new ArrayList<>();
        try (TransformedAnswer csv = TransformedAnswer.of(file)) {
            assertThat(csv.refused()).isEmpty();
            new LooseFile(csv.path(), FileLabel.NONE).read(batch -> prices.addAll(batch.observed()));
        }
        return prices;
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private Path compressed(String text) throws IOException {
        Path file = folder.resolve("archive.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Batch read(Path file) throws IOException {
        List<Batch> batches = new ArrayList<>();
        ArchivedHistory.read(file, "its name", batches::add);
        assertThat(batches).hasSize(1);
        return batches.getFirst();
    }

    private static ObservedPrice price(String source, String asset, Interval interval, String time, String price) {
        return new ObservedPrice(
                source,
                asset,
                "sym",
                "A name",
                "USD",
                interval,
                Instant.parse(time),
                asset.equals("huge"),
                Map.of(Figure.PRICE, new BigDecimal(price), Figure.RANK, BigDecimal.TEN),
                "{}",
                "application/json");
    }

    /** As it was stored when it was fetched as it happened. */
    private static Event<PriceObserved> live(ObservedPrice price) {
        Event<PriceObserved> event = fetched(price, FETCHED);
        return new Event<>(
                event.topic(),
                event.key(),
                event.value().toBuilder().setOrigin(Origin.ORIGIN_LIVE).build(),
                event.attributes());
    }

    private static Event<PriceObserved> fetched(ObservedPrice price, Instant time) {
        return new EventPreview().of(price, time);
    }

    /** Takes what there is out of the database, into an archive. */
    private void expire(AnnotationConfigApplicationContext context) {
        new Retention(
                        new RetentionSettings("1d", "forever", "forever", folder.toString(), Duration.ofHours(1)),
                        context.getBean(DatabaseClient.class),
                        context.getBean(TransactionalOperator.class),
                        new SimpleMeterRegistry(),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .round()
                .block(PATIENCE);
    }

    private void load(Path archive, DatabaseClient client) throws IOException {
        write(loaded(archive).stream().map(price -> fetched(price, NOW)).toList(), client);
    }

    private static void write(List<Event<PriceObserved>> events, DatabaseClient client) {
        List<StoredObservation> rows = events.stream()
                .map(event -> Candidate.of(event).toObservation())
                .map(observation -> new StoredObservation(observation, "asset"))
                .toList();
        assertThat(new PriceStore(client, true, new CandleSettings(true))
                        .write(new WriteBatch(rows, List.of(), List.of(), List.of(), List.of()))
                        .blockOptional(PATIENCE)
                        .orElseThrow()
                        .refused())
                .isEmpty();
    }

    /** As they are stored, but for the run and the origin. */
    private static List<Map<String, Object>> rows(DatabaseClient client) {
        return client.sql(
                        "select (to_jsonb(h) - 'run_id' - 'origin')::text as row from price_history h order by event_id")
                .fetch()
                .all()
                .collectList()
                .block(PATIENCE);
    }

    private static List<String> values(String sql, DatabaseClient client) {
        return client.sql(sql)
                .map(row -> String.valueOf(row.get("value")))
                .all()
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static AnnotationConfigApplicationContext database(String url) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("pricewire.database.url", url)));
        context.register(DatabaseConfiguration.class);
        context.refresh();
        DatabaseSettings.Target target = context.getBean(DatabaseSettings.class).target();
        Flyway.configure()
                .dataSource(target.jdbcUrl(), target.user(), target.password())
                .load()
                .migrate();
        context.getBean(DatabaseClient.class)
                .sql("insert into asset values ('asset', '', '', now())")
                .then()
                .block(PATIENCE);
        return context;
    }
}
