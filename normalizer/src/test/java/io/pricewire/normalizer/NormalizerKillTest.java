package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances of the normalizer, each in a process of its own, that are killed in the middle of a load. */
@Timeout(600)
class NormalizerKillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Topic<PriceObserved> RAW = Topics.PRICES_RAW.of("test");

    @Test
    void storesAndPublishesTheSameAsUndisturbedThoughInstancesAreKilledThreeTimes() throws Exception {
        storesAndPublishesTheSameThoughInstancesAreKilled(3, 300);
    }

    @Test
    @Tag("full")
    void storesAndPublishesTheSameAsUndisturbedThoughInstancesAreKilledTenTimes() throws Exception {
        storesAndPublishesTheSameThoughInstancesAreKilled(10, 3_000);
    }

    private static void storesAndPublishesTheSameThoughInstancesAreKilled(int kills, int assets) throws Exception {
        List<List<Event<?>>> load = load(assets, kills + 1);
        try (Installation undisturbed = new Installation();
                Installation disturbed = new Installation()) {
            undisturbed.start();
            for (List<Event<?>> part : load) {
                undisturbed.publish(part);
            }
            Process steady = disturbed.start();
            Process victim = disturbed.start();
            for (List<Event<?>> part : load.subList(0, kills)) {
                int before = disturbed.normalized().size();
                disturbed.publish(part);
                await().atMost(PATIENCE)
                        .failFast("an instance has ended by itself", disturbed::hasEnded)
                        .until(() -> disturbed.normalized().size() > before);
                disturbed.kill(victim);
                victim = steady;
                steady = disturbed.start();
            }
            disturbed.publish(load.getLast());

            undisturbed.awaitAll(load);
            disturbed.awaitAll(load);

            assertThat(disturbed.normalized()).containsExactlyInAnyOrderElementsOf(undisturbed.normalized());
            assertThat(disturbed.tables()).isEqualTo(undisturbed.tables());
        }
    }

    /** Ticks and bars in no order, of which some come again, some are corrected, and some break a rule. */
    private static List<List<Event<?>>> load(int assets, int parts) {
        Random random = new Random(1);
        List<PriceObserved.Builder> all = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            for (int minute = 0; minute < 40; minute++) {
                PriceObserved.Builder tick =
                        priced(asset, random.nextInt(1, 1_000), minute).setInterval("tick");
                all.add(tick);
                switch (random.nextInt(10)) {
                    case 0 -> all.add(tick.clone().setIngestedAt(fetched(minute + 60)));
                    case 1 ->
                        all.add(priced(asset, random.nextInt(1, 1_000), minute).setIngestedAt(fetched(minute + 120)));
                    case 2 -> all.add(priced(asset, -1, minute));
                    case 3 -> all.add(bar(asset, random.nextInt(1, 1_000), minute));
                    default -> {}
                }
            }
        }
        Collections.shuffle(all, random);
        List<List<Event<?>>> load = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            load.add(all.subList(all.size() * part / parts, all.size() * (part + 1) / parts).stream()
                    .<Event<?>>map(observed -> Observed.event("test", observed))
                    .toList());
        }
        return load;
    }

    private static PriceObserved.Builder priced(int asset, int price, int minute) {
        return Observed.at(price + ".5", Observed.TIME.minusSeconds(60L * minute))
                .setSourceAssetId("coin-" + asset)
                .setSymbol("C" + asset)
                .setName("Coin " + asset)
                .setIngestedAt(fetched(minute));
    }

    private static PriceObserved.Builder bar(int asset, int price, int minute) {
        PriceObserved.Builder bar = priced(asset, price, minute)
                .setInterval("1m")
                .setObservedAt(Observed.timestamp(
                        Observed.TIME.minusSeconds(60L * minute).minusMillis(1)));
        bar.getFiguresBuilder()
                .setOpen(Observed.decimal(String.valueOf(price)))
                .setHigh(Observed.decimal(String.valueOf(price + 1)))
                .setLow(Observed.decimal(String.valueOf(price)));
        return bar;
    }

    private static com.google.protobuf.Timestamp fetched(int minute) {
        return Observed.timestamp(Observed.TIME.plusSeconds(minute));
    }

    /** A broker, a database, and the processes that work on them. */
    private static final class Installation implements AutoCloseable {

        private static final List<String> TABLES =
                List.of("price_history", "price_latest", "price_candle", "raw_observation", "rejected_observation");

        private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        private final String database = TestServers.newDatabase();
        private final EventStream stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
        private final List<Process> processes = new ArrayList<>();

        Installation() {
            stream.createTopics(List.of(RAW, Topics.INGEST_RUNS, Topics.INGEST_CHECKPOINTS, Topics.PRICES_NORMALIZED))
                    .block(PATIENCE);
        }

        Process start() throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NormalizerService.class.getName(),
                            "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                            "--pricewire.database.url=" + database,
                            // Small batches, so that many are open when one is killed.
                            "--pricewire.normalizer.batch-size=200",
                            "--server.port=0",
                            "--logging.level.root=WARN")
                    .inheritIO()
                    .start();
            processes.add(process);
            return process;
        }

        void kill(Process process) throws InterruptedException {
            processes.remove(process);
            process.destroyForcibly().waitFor();
        }

        boolean hasEnded() {
            return !processes.stream().allMatch(Process::isAlive);
        }

        void publish(List<Event<?>> events) {
            EventPublisher publisher = stream.publisher("test", Subscription.to(RAW))
                    .blockOptional(PATIENCE)
                    .orElseThrow();
            publisher.publish(events).block(PATIENCE);
            publisher.close().block(PATIENCE);
        }

        void awaitAll(List<List<Event<?>>> load) {
            int all = load.stream().mapToInt(List::size).sum();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(normalized().size()
                                    + ids(Topics.PRICES_REJECTED).size())
                            .isEqualTo(all));
        }

        /** The ids of all that was published, as who reads only what is committed sees them. */
        List<String> normalized() {
            return ids(Topics.PRICES_NORMALIZED);
        }

        private List<String> ids(Topic<?> topic) {
            return stream.log(topic)
                    .toEnd()
                    .map(Received::attributes)
                    .map(attributes -> Objects.requireNonNull(attributes).id())
                    .collectList()
                    .blockOptional(PATIENCE)
                    .orElseThrow();
        }

        /** Every row of every table that the first pipeline writes, without what is different in another installation. */
        Map<String, List<String>> tables() throws SQLException {
            Map<String, List<String>> tables = new HashMap<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    List<String> rows = new ArrayList<>();
                    ResultSet found = statement.executeQuery(
                            "select (to_jsonb(t) - 'rejected_at' - 'rejection_id')::text from %s t where source is distinct from 'reference' order by 1"
                                    .formatted(table));
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                    assertThat(rows).as(table).isNotEmpty();
                    tables.put(table, rows);
                }
            }
            return tables;
        }

        private Connection connect() throws SQLException {
            URI uri = URI.create(database);
            List<String> user = List.of(uri.getUserInfo().split(":"));
            return DriverManager.getConnection(
                    "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
                    user.getFirst(),
                    user.getLast());
        }

        @Override
        public void close() {
            processes.forEach(process -> process.destroyForcibly().onExit().join());
            stream.close();
            kafka.close();
        }
    }
}
