package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.embedded.ReservedPort;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Groups;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.ReplayRejection;
import io.pricewire.proto.v1.TopicPosition;
import io.pricewire.service.ServiceLauncher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** The service on a Postgres that stops and starts again, and started again itself with other rules. */
@Tag("full")
class NormalizerFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BATCH = 100;
    private static final int PIPELINES = 2;
    private static final int ASSETS = 20;
    private static final ReservedPort PORT = ReservedPort.any();

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgres postgres;
    private static EventStream stream;

    private ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.startTemporary();
        postgres = EmbeddedPostgres.start(folder, PORT.number());
        stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
        stream.createTopics(List.of(Topics.PRICES_RAW.of("test"), Topics.INGEST_RUNS, Topics.INGEST_CHECKPOINTS))
                .block(PATIENCE);
    }

    @AfterAll
    static void stop() {
        stream.close();
        postgres.close();
        kafka.close();
        PORT.close();
    }

    @AfterEach
    void stopService() {
        assertThatObservationsAddUp();
        service.close();
    }

    @Test
    void waitsForPostgresInTheMiddleOfAStreamAndLosesNothing() throws Exception {
        startService("1000");
        publish(ticks(0, 2_000));
        await().atMost(PATIENCE).until(() -> stored() >= 3 * BATCH);

        postgres.close();
        publish(ticks(2_000, 3_000));

        await().atMost(PATIENCE).until(() -> get("readiness").statusCode() == 503);
        assertThat(get("readiness").body()).contains("the database is not answering");
        assertThat(get("liveness").statusCode()).isEqualTo(200);
        double normalized = count("normalized");
        assertThat(normalized).isLessThan(3_000);
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inFlight()).isBetween(1.0, (double) PIPELINES * BATCH));
        assertThat(count("normalized")).as("nothing is taken up meanwhile").isEqualTo(normalized);

        postgres = EmbeddedPostgres.start(folder, PORT.number());

        await().atMost(PATIENCE).until(() -> get("readiness").statusCode() == 200);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> stored() == 3_000);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published("tick-"))
                        .as("each of them is published once")
                        .hasSize(3_000)
                        .doesNotHaveDuplicates());
        assertThat(rows("select count(*) as n from price_latest where source_asset_id like 'tick-%'"))
                .isEqualTo(List.of(Map.of("n", (long) ASSETS)));
    }

    @Test
    void bringsInOnceWhatARuleRejectedBeforeItWasChanged() {
        startService("1000");
        publish(IntStream.range(0, 5)
                .mapToObj(NormalizerFaultsTest::implausible)
                .toList());
        await().atMost(PATIENCE).until(() -> rejections().size() == 5);
        replayAll(UUID.randomUUID());
        assertThat(rejections()).as("the rule is what it was").hasSize(5);
        assertThatObservationsAddUp();
        service.close();

        startService("1000000000000");
        UUID command = UUID.randomUUID();
        List<Event<?>> commands = replayAll(command);
        replayAll(UUID.randomUUID(), commands);

        assertThat(rejections()).isEmpty();
        assertThat(rows("select distinct replayed_by from rejected_observation where source_asset_id like 'unit-%'"))
                .isEqualTo(List.of(Map.of("replayed_by", command)));
        assertThat(published("unit-")).hasSize(5).doesNotHaveDuplicates();

        send(Topics.NORMALIZER_COMMANDS, commands);

        assertThat(new TreeSet<>(published("unit-")))
                .as("a command that is delivered twice brings the same events, by their ids")
                .hasSize(5);
        assertThat(rows("select count(*) as n from price_history where source_asset_id like 'unit-%'"))
                .isEqualTo(List.of(Map.of("n", 5L)));
    }

    private void startService(String unitFactor) {
        service = ServiceLauncher.application(NormalizerService.class)
                .run(
                        "--server.port=0",
                        "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--pricewire.database.url=" + postgres.url(),
                        "--pricewire.normalizer.batch-size=" + BATCH,
                        "--pricewire.normalizer.pipelines=" + PIPELINES,
                        "--pricewire.normalizer.instance=test",
                        "--pricewire.normalizer.validation.unit-factor=" + unitFactor,
                        "--logging.level.root=ERROR");
    }

    private static List<PriceObserved.Builder> ticks(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Observed.at("1", Observed.TIME.minusSeconds(number))
                        .setSourceAssetId("tick-" + number % ASSETS))
                .toList();
    }

    /** A market cap a million times the price times the supply. */
    private static PriceObserved.Builder implausible(int number) {
        PriceObserved.Builder observed = Observed.bitcoin().setSourceAssetId("unit-" + number);
        observed.getFiguresBuilder()
                .setPrice(Observed.decimal("1"))
                .setCirculatingSupply(Observed.decimal("1"))
                .setMarketCap(Observed.decimal("1000000"));
        return observed;
    }

    /** Replays all that broke the rule, as the API does it. */
    private List<Event<?>> replayAll(UUID commandId) {
        List<Event<?>> commands = new ArrayList<>();
        for (Map<String, Object> row : rejections()) {
            commands.add(replay(commandId, row.get("rejection_id").toString()));
        }
        send(Topics.NORMALIZER_COMMANDS, commands);
        return commands;
    }

    /** Somebody else replays the same, whatever has become of it. */
    private void replayAll(UUID commandId, List<Event<?>> others) {
        send(
                Topics.NORMALIZER_COMMANDS,
                others.stream()
                        .<Event<?>>map(other -> replay(commandId, other.key()))
                        .toList());
    }

    private static Event<?> replay(UUID commandId, String rejectionId) {
        NormalizerCommand command = NormalizerCommand.newBuilder()
                .setCommandId(commandId.toString())
                .setReplayRejection(ReplayRejection.newBuilder().setRejectionId(rejectionId))
                .build();
        EventAttributes attributes = new EventAttributes(
                EventId.of(commandId.toString(), rejectionId), "/test", Observed.TIME, rejectionId, null);
        return new Event<>(Topics.NORMALIZER_COMMANDS, rejectionId, command, attributes);
    }

    private static void publish(List<PriceObserved.Builder> observed) {
        publish(
                Topics.PRICES_RAW.of("test"),
                observed.stream()
                        .<Event<?>>map(each -> Observed.event("test", each))
                        .toList());
    }

    /** Publishes, and waits until the normalizer has done with it. */
    private static void send(Topic<?> topic, List<Event<?>> events) {
        List<TopicPosition> ends = publish(topic, events);
        await().atMost(PATIENCE)
                .until(() -> stream.hasPassed(Groups.NORMALIZER, ends)
                        .blockOptional(PATIENCE)
                        .orElse(false));
    }

    private static List<TopicPosition> publish(Topic<?> topic, List<Event<?>> events) {
        List<TopicPosition> ends = new ArrayList<>();
        EventPublisher publisher = stream.publisher("test", Subscription.to(topic))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher
                .publish(events, positions -> {
                    ends.addAll(positions);
                    return List.of();
                })
                .block(PATIENCE);
        publisher.close().block(PATIENCE);
        return ends;
    }

    /** The ids of the events of all prices whose source asset id begins so. */
    private static List<String> published(String prefix) {
        return stream.log(Topics.PRICES_NORMALIZED)
                .toEnd()
                .map(received -> received.decode(Topics.PRICES_NORMALIZED))
                .ofType(Event.class)
                .map(event -> (Price) event.value())
                .filter(price -> price.getSourceAssetId().startsWith(prefix))
                .map(price -> price.getSourceAssetId() + " " + price.getEventId())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private long stored() {
        return (Long) rows("select count(*) as n from price_history where source_asset_id like 'tick-%'")
                .getFirst()
                .get("n");
    }

    private List<Map<String, Object>> rejections() {
        return rows("select rejection_id from rejected_observation"
                + " where reasons @> '[{\"code\": \"units_implausible\"}]' and replayed_at is null");
    }

    private List<Map<String, Object>> rows(String sql) {
        return service.getBean(DatabaseClient.class)
                .sql(sql)
                .fetch()
                .all()
                .collectList()
                .block(PATIENCE);
    }

    private HttpResponse<String> get(String probe) throws IOException, InterruptedException {
        String port = service.getEnvironment().getProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/actuator/health/%s".formatted(port, probe)))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private void assertThatObservationsAddUp() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("observed"))
                        .isPositive()
                        .isEqualTo(count("normalized") + count("rejected") + count("failed") + inFlight()));
    }

    private double count(String meter) {
        return service.getBean(MeterRegistry.class)
                .get("pricewire.normalizer." + meter)
                .counter()
                .count();
    }

    private double inFlight() {
        return service.getBean(MeterRegistry.class)
                .get("pricewire.normalizer.in.flight")
                .gauge()
                .value();
    }
}
