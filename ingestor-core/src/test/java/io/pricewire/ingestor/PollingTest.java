package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.BackfillRange;
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
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class PollingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final IngestorSettings SETTINGS =
            new IngestorSettings(Duration.ofMinutes(15), Duration.ofMillis(200), Duration.ofMillis(300));

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
    void asksAtTheStartAndThenOnceInEachInterval() {
        poll(new TickingSource(name, Duration.ofMillis(500), Duration.ZERO, 0));

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
        poll(new TickingSource(name, HOUR, Duration.ofMillis(10), 1));

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
    void publishesAllThatWasReadBeforeAFailure() {
        poll(new FailingSource(name));

        await().atMost(PATIENCE)
                .until(() -> runs().values().stream().anyMatch(run -> run.getStatus() == RunStatus.RUN_STATUS_FAILURE));
        assertThat(observed())
                .extracting(PriceObserved::getSourceAssetId)
                .containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void startsARunThatIsAskedForWithItsLimit() {
        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);

        IngestCommand command = command(name, 3);
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
        poll(new TickingSource(name, HOUR, Duration.ofSeconds(2), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());

        IngestCommand command = command(name, 0);
        publish(command);

        await().atMost(PATIENCE).until(() -> runs().containsKey(command.getRunId()));
        IngestRun joined = runs().get(command.getRunId());
        assertThat(joined.getStatus()).isEqualTo(RunStatus.RUN_STATUS_JOINED);
        assertThat(runs()).containsKey(joined.getJoinedRunId()).hasSize(2);
    }

    @Test
    void leavesCommandsAloneThatAreForOthersOrTooOld() {
        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);

        publish(command("another", 0));
        publish(command(name, 0).toBuilder()
                .setRequestedAt(seconds(Instant.now().minusSeconds(61)))
                .build());
        IngestCommand taken = command(name, 0);
        publish(taken);

        await().atMost(PATIENCE).until(() -> runs().containsKey(taken.getRunId()));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void readsARefusedRecordAgainAndPollsNothing() {
        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));
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
            assertThat(again.getIngestor()).isEqualTo(name);
            assertThat(again.getContext()).isEqualTo("a context");
        });
    }

    @Test
    void readsThePastThatIsAskedForAndLeavesTheNextPollAsItIs() {
        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);
        Instant next = instant(List.copyOf(runs().values()).getFirst().getNextRunAt());

        IngestCommand command = command(name, 2).toBuilder()
                .setBackfill(BackfillRange.newBuilder()
                        .addAllSourceAssetIds(List.of("a", "b", "c"))
                        .setFrom(seconds(Instant.parse("2026-01-01T00:00:00Z")))
                        .setBefore(seconds(Instant.parse("2026-02-01T00:00:00Z"))))
                .build();
        publish(command);

        await().atMost(PATIENCE).until(() -> ended() == 2);
        IngestRun run = runs().get(command.getRunId());
        assertThat(run.getTrigger()).isEqualTo(RunTrigger.RUN_TRIGGER_BACKFILL);
        assertThat(run.getPublished()).isEqualTo(2);
        assertThat(run.getBudgetLeft()).isEqualTo(1_000 - 3 - 2);
        assertThat(instant(run.getNextRunAt())).isEqualTo(next);
        assertThat(observed())
                .filteredOn(price -> price.getOrigin() == Origin.ORIGIN_BACKFILL)
                .extracting(PriceObserved::getSourceAssetId)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(meters.get("pricewire.ingestor.budget.left")
                        .tag("per", "month")
                        .gauge()
                        .value())
                .isEqualTo(995);
    }

    @Test
    void readsThePastAfterThePollThatIsUnderWay() {
        poll(new TickingSource(name, HOUR, Duration.ofMillis(500), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());

        IngestCommand command = command(name, 0).toBuilder()
                .setBackfill(BackfillRange.newBuilder()
                        .addSourceAssetIds("a")
                        .setFrom(seconds(Instant.EPOCH))
                        .setBefore(seconds(Instant.now())))
                .build();
        publish(command);

        await().atMost(PATIENCE).until(() -> ended() == 2);
        assertThat(runs().get(command.getRunId()).getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCESS);
    }

    @Test
    void goesOnWithThePollThatAnotherInstanceDidNotEnd() {
        poll(new TickingSource(name, HOUR, Duration.ofMillis(500), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        running.dispose();

        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() == 1);
        assertThat(runs()).hasSize(1);
        assertThat(runs().values().iterator().next().getPublished()).isEqualTo(6);
        assertThat(observed()).hasSize(6);
    }

    @Test
    void goesOnWithAnInterruptedPollBeforeACommandAndJoinsTheCommand() {
        poll(new TickingSource(name, HOUR, Duration.ofMillis(500), 0));
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        running.dispose();
        String interrupted = runs().keySet().iterator().next();

        IngestCommand command = command(name, 0);
        publish(command);
        poll(new TickingSource(name, HOUR, Duration.ofSeconds(2), 0));

        await().atMost(PATIENCE).until(() -> ended() == 1);
        assertThat(runs().get(interrupted).getPublished()).isEqualTo(6);
        assertThat(runs().get(command.getRunId()).getStatus()).isEqualTo(RunStatus.RUN_STATUS_JOINED);
        assertThat(runs().get(command.getRunId()).getJoinedRunId()).isEqualTo(interrupted);
    }

    @Test
    void goesOnWithWhatIsLeftOfTheLimitOfAnInterruptedCommand() {
        poll(new TickingSource(name, HOUR, Duration.ofMillis(1_500), 0));
        await().atMost(PATIENCE).until(() -> ended() == 1);
        IngestCommand command = command(name, 3);
        publish(command);
        await().atMost(PATIENCE).until(() -> observed().size() == 8);
        running.dispose();

        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));

        await().atMost(PATIENCE).until(() -> ended() == 2);
        assertThat(runs().get(command.getRunId()).getSeen()).isEqualTo(3);
    }

    @Test
    void declinesACommandWhileTheSourceAsksToBeLeftAlone() {
        poll(new TickingSource(name, HOUR, Duration.ZERO, 1, Duration.ofMinutes(30)));
        await().atMost(PATIENCE)
                .until(() -> runs().values().stream().anyMatch(run -> run.getStatus() == RunStatus.RUN_STATUS_FAILURE));
        long next = runs().values().iterator().next().getNextRunAt().getSeconds();

        assertIsDeclined("too many requests", next);
        running.dispose();
        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));

        assertIsDeclined("it asked for that before this instance began", next);
        assertThat(runs()).hasSize(3);
        assertThat(observed()).hasSize(2);
    }

    private void assertIsDeclined(String reason, long next) {
        IngestCommand command = command(name, 0);
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
                .setIngestor(name)
                .setStatus(RunStatus.RUN_STATUS_RUNNING)
                .setTrigger(RunTrigger.RUN_TRIGGER_REPLAY)
                .setRevision(1)
                .build();
        stream.createTopics(List.of(Topics.INGEST_CHECKPOINTS)).block(PATIENCE);
        publish(new Event<>(
                Topics.INGEST_CHECKPOINTS,
                name + "|replay",
                Checkpoint.newBuilder()
                        .setIngestor(name)
                        .setFile("replay")
                        .setRun(begun)
                        .build(),
                new EventAttributes(begun.getRunId(), "/test", Instant.now(), name + "|replay", null)));

        poll(new TickingSource(name, HOUR, Duration.ZERO, 0));

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

    /** Four batches at once, and a failure right behind them. */
    private record FailingSource(String name) implements PolledSource {

        @Override
        public Duration interval() {
            return HOUR;
        }

        @Override
        public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
            return Flux.range(0, 4)
                    .map(asset -> new Batch(List.of(price(String.valueOf(asset))), List.of(), "at " + asset, 1, 1))
                    .concatWith(Flux.error(new SourceException(SourceException.Kind.NOT_ALLOWED, "no more")));
        }

        private ObservedPrice price(String asset) {
            return new ObservedPrice(
                    name,
                    asset,
                    "A",
                    "",
                    "USD",
                    Interval.TICK,
                    Instant.parse("2026-11-21T07:00:00Z"),
                    false,
                    Map.of(Figure.PRICE, BigDecimal.ONE),
                    "{}",
                    "application/json");
        }
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

    private IngestCommand replay(String text) {
        return command(name, 0).toBuilder()
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
                .filter(rejected -> rejected.getIngestor().equals(name))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
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

    /** The last word on each run of this source, in the order in which they began. */
    private Map<String, IngestRun> runs() {
        Map<String, IngestRun> runs = new LinkedHashMap<>();
        stream.log(Topics.INGEST_RUNS).toEnd().onErrorComplete().toIterable().forEach(received -> {
            if (received.decode(Topics.INGEST_RUNS) instanceof Event<IngestRun> event
                    && event.value().getIngestor().equals(name)) {
                runs.put(event.value().getRunId(), event.value());
            }
        });
        return runs;
    }

    private List<PriceObserved> observed() {
        return stream.log(Topics.PRICES_RAW.of(name))
                .toEnd()
                .onErrorComplete()
                .flatMap(received -> received.decode(Topics.PRICES_RAW.of(name)) instanceof Event<PriceObserved> event
                        ? reactor.core.publisher.Mono.just(event.value())
                        : reactor.core.publisher.Mono.<PriceObserved>empty())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
