package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Two processes of one ingestor. One is frozen, and wakes up when the other leads; that one is killed. */
class TwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);

    private final String source = "toy-" + UUID.randomUUID();
    private final EventStream stream = new EventStream(EventStreamSettings.at(TestServers.kafka()));

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    @Tag("full")
    void onlyOneOfThemPollsAndTheOtherGoesOnWithinTenSeconds() throws Exception {
        Process first = instance("first");
        await().atMost(PATIENCE).until(() -> polls().endsWith("first"));
        Process second = instance("second");
        try {
            await().atMost(PATIENCE).until(() -> members() == 2);
            int before = said().size();
            await().atMost(PATIENCE).until(() -> said().size() > before + 5);
            assertThat(polls()).isEqualTo("first");

            signal(first, "STOP");
            await().atMost(TAKE_OVER).until(() -> polls().equals("first second"));
            signal(first, "CONT");
            await().atMost(PATIENCE).until(() -> members() == 2);
            int awake = said().size();
            await().atMost(PATIENCE).until(() -> said().size() > awake + 5);
            assertThat(polls()).as("who wakes up publishes nothing").isEqualTo("first second");

            second.destroyForcibly().waitFor();
            await().atMost(TAKE_OVER).until(() -> polls().equals("first second first"));
        } finally {
            first.destroyForcibly().waitFor();
            second.destroyForcibly().waitFor();
        }
    }

    /** Who published, in order, each as long as nobody else did. */
    private String polls() {
        List<String> polls = new ArrayList<>();
        for (String instance : said()) {
            if (polls.isEmpty() || !polls.getLast().equals(instance)) {
                polls.add(instance);
            }
        }
        return String.join(" ", polls);
    }

    private List<String> said() {
        return stream.log(Topics.PRICES_RAW.of(source))
                .toEnd()
                .onErrorComplete()
                .map(received -> ((Event<PriceObserved>) received.decode(Topics.PRICES_RAW.of(source)))
                        .value()
                        .getSymbol())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Members that have been told what is assigned to them, which may be nothing. */
    private long members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
            String group = "pricewire-ingestor-" + source;
            ConsumerGroupDescription description = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
            return description.groupState() == GroupState.STABLE
                    ? description.members().size()
                    : 0;
        }
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private Process instance(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Instance.class.getName(),
                        TestServers.kafka(),
                        source,
                        name)
                .inheritIO()
                .start();
    }

    static final class Instance {
        public static void main(String[] arguments) {
            List<String> given = List.of(arguments);
            IngestorSettings settings =
                    new IngestorSettings(Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofSeconds(1));
            new Ingestor(
                            new SelfishSource(given.get(1), given.get(2)),
                            settings,
                            new EventStream(EventStreamSettings.at(given.get(0))),
                            new SimpleMeterRegistry(),
                            Clock.systemUTC())
                    .run()
                    .block();
        }
    }

    /** A source of one asset, whose symbol is the instance that asks, and whose price is never the same. */
    private record SelfishSource(String name, String instance) implements PolledSource {

        @Override
        public Duration interval() {
            return Duration.ofMillis(200);
        }

        @Override
        public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
            return position != null
                    ? Flux.empty()
                    : Flux.defer(() -> {
                        Instant now = Clock.systemUTC().instant();
                        ObservedPrice price = new ObservedPrice(
                                name,
                                "asset",
                                instance,
                                "",
                                "USD",
                                Interval.TICK,
                                now,
                                false,
                                Map.of(Figure.PRICE, BigDecimal.valueOf(now.toEpochMilli())),
                                "{}",
                                "application/json");
                        return Flux.just(new Batch(List.of(price), List.of(), "end", 1, 1));
                    });
        }
    }
}
