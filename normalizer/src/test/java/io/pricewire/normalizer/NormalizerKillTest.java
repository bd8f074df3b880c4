package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Subscription;
import io.pricewire.eventstream.TopicLog;
import io.pricewire.normalizer.reference.StoredReferences;
import io.pricewire.proto.Groups;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Instances of the normalizer, each in a process of its own, that are killed in the middle of a load. */
@Timeout(600)
class NormalizerKillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Topic<PriceObserved> RAW = Topics.PRICES_RAW.of("test");

    /** What their assets are called, each followed by its number. */
    private static final String ASSETS = "coingecko:coin-";

    private static final com.google.protobuf.Duration FRESH = com.google.protobuf.Duration.newBuilder()
            .setSeconds(Duration.ofDays(3_000).toSeconds())
            .build();

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
            undisturbed.follow();
            disturbed.follow();
            for (List<Event<?>> part : load) {
                undisturbed.publish(part);
            }
            Process steady = disturbed.start();
            Process victim = disturbed.start();
            for (List<Event<?>> part : load.subList(0, kills)) {
                disturbed.awaitAllAtWork();
                int before = disturbed.followed.size();
                disturbed.publish(part);
                await().atMost(PATIENCE)
                        .failFast("an instance has ended by itself", disturbed::hasEnded)
                        .until(() -> disturbed.followed.size() > before);
                disturbed.kill(victim);
                victim = steady;
                steady = disturbed.start();
            }
            disturbed.publish(load.getLast());

            undisturbed.awaitAll(load);
            disturbed.awaitAll(load);

            assertThat(disturbed.normalized()).containsExactlyInAnyOrderElementsOf(undisturbed.normalized());
            assertThat(disturbed.followed).containsExactlyInAnyOrderElementsOf(undisturbed.normalized());
            assertThat(disturbed.rejected()).containsExactlyInAnyOrderElementsOf(undisturbed.rejected());
            assertThat(disturbed.tables()).isEqualTo(undisturbed.tables());
            // In each topic the end of a transaction is seen at a time of its own.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(disturbed.latest()).isEqualTo(undisturbed.latest()));
            disturbed.awaitReferences();
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
                .setStaleAfter(FRESH)
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
        private final TestDatabase database = new TestDatabase();
        private final EventStream stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
        private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        private final Map<String, Process> processes = new LinkedHashMap<>();
        private final Queue<String> followed = new ConcurrentLinkedQueue<>();
        private Disposable following = Disposables.disposed();
        private int started;

        Installation() {
            stream.createTopics(List.of(
                            RAW,
                            Topics.INGEST_RUNS,
                            Topics.INGEST_CHECKPOINTS,
                            Topics.PRICES_NORMALIZED,
                            Topics.PRICES_LATEST,
                            Topics.PRICES_REFERENCE,
                            Topics.PRICES_REJECTED))
                    .block(PATIENCE);
        }

        /** Takes down the id of all that is normalized as it comes, as a consumer does that is there from the beginning. */
        void follow() {
            TopicLog log = stream.log(Topics.PRICES_NORMALIZED);
            following = log.beginning()
                    .flatMapMany(log::follow)
                    .flatMapIterable(Function.identity())
                    .map(Installation::id)
                    .subscribe(followed::add);
        }

        Process start() throws IOException {
            String name = "instance-" + ++started;
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
                            "--pricewire.kafka.properties[client.id]=" + name,
                            "--pricewire.database.url=" + database.url(),
                            // Small batches, so that many are open when one is killed.
                            "--pricewire.normalizer.batch-size=200",
                            "--server.port=0",
                            "--logging.level.root=WARN")
                    .inheritIO()
                    .start();
            processes.put(name, process);
            return process;
        }

        void kill(Process process) throws InterruptedException {
            processes.values().remove(process);
            process.destroyForcibly().waitFor();
        }

        boolean hasEnded() {
            return !processes.values().stream().allMatch(Process::isAlive);
        }

        /** Those that run, and no others, share the partitions of what is observed; before the first came there is no group. */
        void awaitAllAtWork() {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .failFast("an instance has ended by itself", this::hasEnded)
                    .untilAsserted(() -> assertThat(atWork()).isEqualTo(processes.keySet()));
        }

        private Set<String> atWork() throws Exception {
            ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(Groups.NORMALIZER))
                    .describedGroups()
                    .get(Groups.NORMALIZER)
                    .get(10, TimeUnit.SECONDS);
            return group.groupState() != GroupState.STABLE
                    ? Set.of()
                    : group.members().stream()
                            .filter(Installation::readsWhatIsObserved)
                            .map(MemberDescription::clientId)
                            .collect(Collectors.toSet());
        }

        private static boolean readsWhatIsObserved(MemberDescription member) {
            return member.assignment().topicPartitions().stream()
                    .anyMatch(partition -> partition.topic().equals(RAW.name()));
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
                    .untilAsserted(() ->
                            assertThat(followed.size() + rejected().size()).isEqualTo(all));
        }

        /** The ids of all that was normalized, as who reads only what is committed sees them. */
        List<String> normalized() {
            return all(Topics.PRICES_NORMALIZED).map(Installation::id).toList();
        }

        /** What was rejected, without what is different in another installation. */
        List<ObservationRejected> rejected() {
            return all(Topics.PRICES_REJECTED)
                    .map(received -> value(received, Topics.PRICES_REJECTED).toBuilder()
                            .clearRejectionId()
                            .clearRejectedAt()
                            .clearPosition()
                            .build())
                    .toList();
        }

        /** The last of each key. When values that have come before were fetched last is told with the next ones only. */
        Map<String, Price> latest() {
            Map<String, Price> latest = new HashMap<>();
            all(Topics.PRICES_LATEST)
                    .forEach(received -> latest.put(
                            received.key(),
                            value(received, Topics.PRICES_LATEST).toBuilder()
                                    .clearIngestedAt()
                                    .build()));
            return latest;
        }

        /** They come after what they are made of: until all is computed, and told as far as it is news. */
        void awaitReferences() {
            StoredReferences references = new StoredReferences(database);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(references.stored(ASSETS))
                            .isNotEmpty()
                            .isEqualTo(references.recomputed(ASSETS)));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(references.farFromWhatWasTold(
                                    ASSETS,
                                    all(Topics.PRICES_REFERENCE)
                                            .map(received -> value(received, Topics.PRICES_REFERENCE))
                                            .toList()))
                            .isEmpty());
        }

        private Stream<Received> all(Topic<?> topic) {
            return stream.log(topic).toEnd().collectList().blockOptional(PATIENCE).orElseThrow().stream();
        }

        private static String id(Received received) {
            return Objects.requireNonNull(received.attributes()).id();
        }

        private static <V extends Message> V value(Received received, Topic<V> topic) {
            return ((Event<V>) received.decode(topic)).value();
        }

        /** Every row of every table that the first pipeline writes, without what is different in another installation. */
        Map<String, List<String>> tables() {
            Map<String, List<String>> tables = new HashMap<>();
            for (String table : TABLES) {
                List<String> rows = database
                        .query(
                                "select (to_jsonb(t) - 'rejected_at' - 'rejection_id')::text as stored from %s t where source is distinct from 'reference' order by 1"
                                        .formatted(table))
                        .stream()
                        .map(row -> (String) row.get("stored"))
                        .toList();
                assertThat(rows).as(table).isNotEmpty();
                tables.put(table, rows);
            }
            return tables;
        }

        @Override
        public void close() {
            following.dispose();
            processes
                    .values()
                    .forEach(process -> process.destroyForcibly().onExit().join());
            admin.close();
            stream.close();
            kafka.close();
            database.close();
        }
    }
}
