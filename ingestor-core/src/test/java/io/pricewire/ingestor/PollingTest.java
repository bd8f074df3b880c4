package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.pricewire.proto.v1.ReplayText;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class PollingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final IngestorSettings SETTINGS =
            new IngestorSettings(Duration.ofMinutes(15), Duration.ofMillis(200), Duration.ofMillis(300));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private EmbeddedKafka kafka;
    private EventStream stream;
    private Disposable running;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.startTemporary();
        stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        running.dispose();
        stream.close();
        kafka.close();
    }

    @Test
    void asksAtTheStartAndThenOnceInEachInterval() {
        poll(new TickingSource(Duration.ofMillis(500), Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() >= 3);
        assertThat(runs().values()).allSatisfy(run -> {
            assertThat(run.getTrigger()).isEqualTo(RunTrigger.RUN_TRIGGER_SCHEDULE);
            assertThat(run.getCalls()).isLessThanOrEqualTo(3);
        });
        await().atMost(PATIENCE).until(() -> counted("success") >= 3);
        assertThat(counted("unavailable")).isZero();
        IngestRun first = runs().values().iterator().next();
        assertThat(first.getPublished()).isEqualTo(6);
        assertThat(first.getNextRunAt().getSeconds())
                .isGreaterThanOrEqualTo(first.getFinishedAt().getSeconds());
    }

    @Test
    void endsThePageInFlightWhenTheNextOneFailsAndAsksAgainLater() {
        poll(new TickingSource(HOUR, Duration.ofMillis(10), 1));

        await().atMost(PATIENCE).until(() -> runs().values().stream().anyMatch(PollingTest::isSuccess));
        List<IngestRun> all = List.copyOf(runs().values());
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().getStatus()).isEqualTo(RunStatus.RUN_STATUS_FAILURE);
        assertThat(all.getFirst().getError()).isEqualTo("too many requests");
        assertThat(all.getFirst().getPublished()).isEqualTo(2);
        assertThat(observed()).hasSize(2 + 6);
        await().atMost(PATIENCE).until(() -> counted("success") == 1);
        assertThat(counted("rate_limited")).isOne();
        long ended = all.getLast().getFinishedAt().getSeconds();
        assertThat((long) meters.get("pricewire.ingestor.last.success").gauge().value())
                .isEqualTo(ended);
    }

    @Test
    void startsARunThatIsAskedForWithItsLimit() {
        poll(new TickingSource(HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);

        IngestCommand command = command("toy", 3);
        publish(command);

        await().atMost(PATIENCE).until(() -> ended() == 2);
        IngestRun run = runs().get(command.getRunId());
        assertThat(run.getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCESS);
        assertThat(run.getTrigger()).isEqualTo(RunTrigger.RUN_TRIGGER_COMMAND);
        assertThat(run.getCommandId()).isEqualTo(command.getCommandId());
        assertThat(run.getPublished()).isEqualTo(3);
    }

    @Test
    void joinsACommandToTheRunThatIsUnderWay() {
        poll(new TickingSource(HOUR, Duration.ofSeconds(2), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());

        IngestCommand command = command("toy", 0);
        publish(command);

        await().atMost(PATIENCE).until(() -> runs().containsKey(command.getRunId()));
        IngestRun joined = runs().get(command.getRunId());
        assertThat(joined.getStatus()).isEqualTo(RunStatus.RUN_STATUS_JOINED);
        assertThat(runs()).containsKey(joined.getJoinedRunId()).hasSize(2);
    }

    @Test
    void leavesCommandsAloneThatAreForOthersOrTooOld() {
        poll(new TickingSource(HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);

        publish(command("another", 0));
        publish(command("toy", 0).toBuilder()
                .setRequestedAt(seconds(Instant.now().minusSeconds(61)))
                .build());
        IngestCommand taken = command("toy", 0);
        publish(taken);

        await().atMost(PATIENCE).until(() -> runs().containsKey(taken.getRunId()));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void readsARefusedRecordAgainAndPollsNothing() {
        poll(new TickingSource(HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);

        IngestCommand readable = replay("a text");
        IngestCommand unreadable = replay("a context");
        publish(readable);
        publish(unreadable);

        await().atMost(PATIENCE).until(() -> runs().containsKey(unreadable.getRunId()));
        await().atMost(PATIENCE)
                .until(() -> runs().get(unreadable.getRunId()).getStatus() == RunStatus.RUN_STATUS_PARTIAL);
        IngestRun run = runs().get(readable.getRunId());
        assertThat(run.getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCESS);
        assertThat(run.getTrigger()).isEqualTo(RunTrigger.RUN_TRIGGER_REPLAY);
        assertThat(observed())
                .hasSize(7)
                .filteredOn(price -> price.getOrigin() == Origin.ORIGIN_REPLAY)
                .singleElement()
                .satisfies(price -> assertThat(price.getReplayedRejectionId())
                        .isEqualTo(readable.getReplay().getRejectionId()));
        assertThat(rejected()).singleElement().satisfies(again -> {
            assertThat(again.getRejectionId()).isEqualTo(unreadable.getReplay().getRejectionId());
            assertThat(again.getReasons(0).getCode()).isEqualTo("still_odd");
            assertThat(again.getPosition()).isEqualTo(unreadable.getReplay().getPosition());
            assertThat(again.getIngestor()).isEqualTo("toy");
            assertThat(again.getContext()).isEqualTo("a context");
        });
    }

    @Test
    void goesOnWithThePollThatAnotherInstanceDidNotEnd() {
        poll(new TickingSource(HOUR, Duration.ofMillis(500), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        running.dispose();

        poll(new TickingSource(HOUR, Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() == 1);
        assertThat(runs()).hasSize(1);
        assertThat(runs().values().iterator().next().getPublished()).isEqualTo(6);
        assertThat(observed()).hasSize(6);
    }

    @Test
    void goesOnWithAnInterruptedPollBeforeACommandAndJoinsTheCommand() {
        poll(new TickingSource(HOUR, Duration.ofMillis(500), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        running.dispose();
        String interrupted = runs().keySet().iterator().next();

        IngestCommand command = command("toy", 0);
        publish(command);
        poll(new TickingSource(HOUR, Duration.ofSeconds(2), 0));

        await().atMost(PATIENCE).until(() -> ended() == 1);
        assertThat(runs().get(interrupted).getPublished()).isEqualTo(6);
        assertThat(runs().get(command.getRunId()).getStatus()).isEqualTo(RunStatus.RUN_STATUS_JOINED);
        assertThat(runs().get(command.getRunId()).getJoinedRunId()).isEqualTo(interrupted);
    }

    @Test
    void goesOnWithWhatIsLeftOfTheLimitOfAnInterruptedCommand() {
        poll(new TickingSource(HOUR, Duration.ofMillis(1_500), 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);
        IngestCommand command = command("toy", 3);
        publish(command);
        await().atMost(PATIENCE).until(() -> observed().size() == 8);
        running.dispose();

        poll(new TickingSource(HOUR, Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() == 2);
        assertThat(runs().get(command.getRunId()).getSeen()).isEqualTo(3);
    }

    @Test
    void declinesACommandWhileTheSourceAsksToBeLeftAlone() {
        poll(new TickingSource(HOUR, Duration.ZERO, 1, Duration.ofMinutes(30)));
        await().atMost(PATIENCE)
                .until(() -> runs().values().stream().anyMatch(run -> run.getStatus() == RunStatus.RUN_STATUS_FAILURE));
        long next = runs().values().iterator().next().getNextRunAt().getSeconds();

        assertIsDeclined("too many requests", next);
        running.dispose();
        poll(new TickingSource(HOUR, Duration.ZERO, 0));

        assertIsDeclined("it asked for that before this instance began", next);
        assertThat(runs()).hasSize(3);
        assertThat(observed()).hasSize(2);
    }

    private void assertIsDeclined(String reason, long next) {
        IngestCommand command = command("toy", 0);
        publish(command);
        await().atMost(PATIENCE).until(() -> runs().containsKey(command.getRunId()));
        IngestRun declined = runs().get(command.getRunId());
        assertThat(declined.getStatus()).isEqualTo(RunStatus.RUN_STATUS_FAILURE);
        assertThat(declined.getError())
                .startsWith("the source is left alone until ")
                .endsWith(reason);
        assertThat(declined.getNextRunAt().getSeconds()).isBetween(next - 1, next + 1);
        assertThat(declined.getCalls()).isZero();
        assertThat(declined.getBudgetLeft()).isEqualTo(998);
    }

    @Test
    void endsAReplayThatWasInterrupted() {
        IngestRun begun = IngestRun.newBuilder()
                .setRunId(UUID.randomUUID().toString())
                .setIngestor("toy")
                .setStatus(RunStatus.RUN_STATUS_RUNNING)
                .setTrigger(RunTrigger.RUN_TRIGGER_REPLAY)
                .setRevision(1)
                .build();
        stream.createTopics(List.of(Topics.INGEST_CHECKPOINTS)).block(PATIENCE);
        publish(new Event<>(
                Topics.INGEST_CHECKPOINTS,
                "toy|replay",
                Checkpoint.newBuilder()
                        .setIngestor("toy")
                        .setFile("replay")
                        .setRun(begun)
                        .build(),
                new EventAttributes(begun.getRunId(), "/test", Instant.now(), "toy|replay", null)));

        poll(new TickingSource(HOUR, Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() == 1);
        IngestRun run = runs().get(begun.getRunId());
        assertThat(run.getStatus()).isEqualTo(RunStatus.RUN_STATUS_FAILURE);
        assertThat(run.getError()).isEqualTo("it was interrupted, and is not gone on with; ask for it again");
        assertThat(run.getRevision()).isEqualTo(2);
    }

    private long counted(String outcome) {
        return meters.get("pricewire.ingestor.run")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private void poll(PriceSource source) {
        running = new Ingestor(source, SETTINGS, stream, meters, Clock.systemUTC())
                .run()
                .subscribe();
    }

    private static IngestCommand command(String ingestor, int limit) {
        String id = UUID.randomUUID().toString();
        return IngestCommand.newBuilder()
                .setCommandId(id)
                .setRunId(id)
                .setIngestor(ingestor)
                .setRequestedAt(seconds(Instant.now()))
                .setLimit(limit)
                .build();
    }

    private static IngestCommand replay(String text) {
        return command("toy", 0).toBuilder()
                .setReplay(ReplayText.newBuilder()
                        .setRejectionId(UUID.randomUUID().toString())
                        .setText(text)
                        .setContext("a context")
                        .setPosition(
                                RecordPosition.newBuilder().setFile("odd.csv").setLine(17)))
                .build();
    }

    private List<ObservationRejected> rejected() {
        return stream.log(Topics.PRICES_REJECTED)
                .toEnd()
                .map(received -> ((Event<ObservationRejected>) received.decode(Topics.PRICES_REJECTED)).value())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static Timestamp seconds(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    private void publish(IngestCommand command) {
        EventAttributes attributes =
                new EventAttributes(command.getCommandId(), "/test", Instant.now(), command.getIngestor(), null);
        publish(new Event<>(Topics.INGEST_COMMANDS, command.getIngestor(), command, attributes));
    }

    private void publish(Event<?> event) {
        EventPublisher publisher = stream.publisher("test", Subscription.to(event.topic()))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher.publish(List.of(event)).block(PATIENCE);
        publisher.close().block(PATIENCE);
    }

    private long ended() {
        return runs().values().stream().filter(PollingTest::isSuccess).count();
    }

    private static boolean isSuccess(IngestRun run) {
        return run.getStatus() == RunStatus.RUN_STATUS_SUCCESS;
    }

    /** The last word on each run, in the order in which they began. */
    private Map<String, IngestRun> runs() {
        Map<String, IngestRun> runs = new LinkedHashMap<>();
        stream.log(Topics.INGEST_RUNS).toEnd().onErrorComplete().toIterable().forEach(received -> {
            if (received.decode(Topics.INGEST_RUNS) instanceof Event<IngestRun> event) {
                runs.put(event.value().getRunId(), event.value());
            }
        });
        return runs;
    }

    private List<PriceObserved> observed() {
        return stream.log(Topics.PRICES_RAW.of("toy"))
                .toEnd()
                .onErrorComplete()
                .flatMap(received -> received.decode(Topics.PRICES_RAW.of("toy")) instanceof Event<PriceObserved> event
                        ? reactor.core.publisher.Mono.just(event.value())
                        : reactor.core.publisher.Mono.<PriceObserved>empty())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
