package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.ingestor.http.HttpSettings;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import io.pricewire.ingestor.http.WebService;
import io.pricewire.ingestor.testing.FakeService;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RunStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What a leader knows of earlier polls, its own and those of leaders before it. */
class LeaderMemoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final HttpSettings HTTP = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ZERO,
            0,
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ZERO,
            DataSize.ofMegabytes(1),
            20,
            100,
            Duration.ofSeconds(30));

    private final String name = "toy-" + UUID.randomUUID();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final EventStream stream = new EventStream(EventStreamSettings.at(TestServers.kafka()));
    private Disposable running;

    @AfterEach
    void stop() {
        running.dispose();
        stream.close();
    }

    @Test
    void publishesOnlyWhatHasChangedAlsoAfterARestart() {
        lead(new RestingSource(), QUARTER);
        await().atMost(PATIENCE).until(() -> ended() >= 3);
        running.dispose();

        lead(new RestingSource(), QUARTER);
        long before = ended();
        await().atMost(PATIENCE).until(() -> ended() >= before + 2);
        running.dispose();

        List<IngestRun> runs = List.copyOf(runs().values());
        assertThat(runs.getFirst().getPublished()).isEqualTo(3);
        assertThat(runs.subList(1, runs.size()))
                .filteredOn(LeaderMemoryTest::hasEnded)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(run -> {
                    assertThat(run.getSeen()).isEqualTo(3);
                    assertThat(run.getPublished()).isEqualTo(1);
                    assertThat(run.getUnchanged()).isEqualTo(2);
                });
        assertThat(observed())
                .filteredOn(price -> price.getSourceAssetId().equals("asset-1"))
                .hasSize(1);
        assertThat(meters.counter("pricewire.ingestor.seen", "ingestor", name).count())
                .isEqualTo(meters.counter("pricewire.ingestor.published", "ingestor", name)
                                .count()
                        + meters.counter("pricewire.ingestor.unchanged", "ingestor", name)
                                .count());
    }

    @Test
    void publishesWhatHasNotChangedWhenTheHeartbeatWantsIt() {
        lead(new RestingSource(), Duration.ofSeconds(2));

        await().atMost(PATIENCE)
                .until(() -> observed().stream()
                                .filter(price -> price.getSourceAssetId().equals("asset-1"))
                                .count()
                        >= 3);

        List<Instant> times = observed().stream()
                .filter(price -> price.getSourceAssetId().equals("asset-1"))
                .map(price -> Instant.ofEpochSecond(
                        price.getIngestedAt().getSeconds(),
                        price.getIngestedAt().getNanos()))
                .toList();
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void tellsTheSourceWhatItWantedToRememberAndPublishesWhatItDescribes() {
        lead(new RestingSource(), QUARTER);
        await().atMost(PATIENCE).until(() -> ended() >= 2);
        running.dispose();
        RestingSource second = new RestingSource();

        lead(second, QUARTER);

        await().atMost(PATIENCE).until(() -> second.remembered.length() >= 2);
        assertThat(read(Topics.ASSETS_RAW.of(name)).stream().map(Event::value))
                .isNotEmpty()
                .allSatisfy(asset -> {
                    assertThat(asset).isInstanceOf(AssetDescribed.class);
                    assertThat(asset.getSymbol()).isEqualTo("A");
                    assertThat(asset.getPlatforms(0).getAddress()).isEqualTo("0xA");
                    assertThat(asset.getQuotesList()).containsExactly("USD");
                });
    }

    @Test
    void asksNoMoreOftenThanTheMonthAllowsAlsoAfterARestart() {
        try (FakeService service = new FakeService(FakeService.json("[]"))) {
            BudgetedSource source = new BudgetedSource(service);
            lead(source, QUARTER);
            await().atMost(PATIENCE).until(() -> runs().values().stream().anyMatch(LeaderMemoryTest::hasFailed));
            assertThat(meters.get("pricewire.ingestor.budget.left")
                            .tag("per", "month")
                            .gauge()
                            .value())
                    .isZero();
            running.dispose();
            lead(source, QUARTER);
            await().atMost(PATIENCE)
                    .until(() -> runs().values().stream()
                                    .filter(LeaderMemoryTest::hasFailed)
                                    .count()
                            == 2);

            assertThat(service.requests()).hasSize(3);
            assertThat(runs().values()).extracting(IngestRun::getBudgetLeft).containsExactly(2L, 1L, 0L, 0L, 0L);
            IngestRun last = List.copyOf(runs().values()).getLast();
            assertThat(last.getError()).endsWith(" is not asked: all the calls are made that it allows in a month");
            assertThat(Instant.ofEpochSecond(last.getNextRunAt().getSeconds())
                            .atZone(ZoneOffset.UTC)
                            .getDayOfMonth())
                    .isEqualTo(1);
        }
    }

    private void lead(PriceSource source, Duration heartbeat) {
        IngestorSettings settings = new IngestorSettings(heartbeat, Duration.ofMillis(100), Duration.ofMillis(100));
        running = new Ingestor(source, settings, stream, meters, Clock.systemUTC())
                .run()
                .subscribe();
    }

    private long ended() {
        return runs().values().stream().filter(LeaderMemoryTest::hasEnded).count();
    }

    private static boolean hasEnded(IngestRun run) {
        return run.getStatus() == RunStatus.RUN_STATUS_SUCCESS;
    }

    private static boolean hasFailed(IngestRun run) {
        return run.getStatus() == RunStatus.RUN_STATUS_FAILURE;
    }

    /** The last word on each run of this source, in the order in which they began. */
    private Map<String, IngestRun> runs() {
        Map<String, IngestRun> runs = new LinkedHashMap<>();
        read(Topics.INGEST_RUNS).stream()
                .map(Event::value)
                .filter(run -> run.getIngestor().equals(name))
                .forEach(run -> runs.put(run.getRunId(), run));
        return runs;
    }

    private List<PriceObserved> observed() {
        return read(Topics.PRICES_RAW.of(name)).stream().map(Event::value).toList();
    }

    @SuppressWarnings("unchecked")
    private <V extends com.google.protobuf.Message> List<Event<V>> read(Topic<V> topic) {
        return stream.log(topic)
                .toEnd()
                .map(received -> (Event<V>) received.decode(topic))
                .onErrorComplete()
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Three assets, of which the first is at another price in each poll; it remembers how often it was polled. */
    private final class RestingSource implements PolledSource {

        private static final AtomicInteger POLLS = new AtomicInteger();

        private volatile String remembered = "";

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration interval() {
            return Duration.ofMillis(200);
        }

        @Override
        public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
            remembered = memory;
            if (position != null) {
                return Flux.empty();
            }
            List<ObservedPrice> prices =
                    IntStream.range(0, 3).mapToObj(this::price).toList();
            DescribedAsset asset = new DescribedAsset(name, "asset-0", "A", "", Map.of("chain", "0xA"), List.of("USD"));
            return Flux.just(new Batch(prices, List.of(), "end", 1, 1)
                    .describing(List.of(asset))
                    .remembering(memory + "x"));
        }

        private ObservedPrice price(int asset) {
            int price = asset == 0 ? POLLS.incrementAndGet() : 7;
            return new ObservedPrice(
                    name,
                    "asset-" + asset,
                    "A",
                    "",
                    "USD",
                    Interval.TICK,
                    Clock.systemUTC().instant(),
                    false,
                    Map.of(Figure.PRICE, BigDecimal.valueOf(price)),
                    "{}",
                    "application/json");
        }
    }

    /** One call in each poll, of three a month. */
    private final class BudgetedSource implements PolledSource {

        private final ServiceClient client;
        private final CallBudget budget = new CallBudget(0, 3);

        BudgetedSource(FakeService service) {
            this.client = new ServiceClient(new WebService(service.url(), Map.of(), budget), HTTP, Clock.systemUTC());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration interval() {
            return Duration.ofMillis(50);
        }

        @Override
        public CallBudget budget() {
            return budget;
        }

        @Override
        public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
            return client.get(ServiceRequest.to("/"), JsonRecords::read, calls)
                    .map(answer -> new Batch(List.of(), List.of(), "end", 1, 1))
                    .flux();
        }
    }
}
