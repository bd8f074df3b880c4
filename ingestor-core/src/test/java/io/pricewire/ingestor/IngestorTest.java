package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.TopicPosition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class IngestorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final IngestorSettings SETTINGS =
            new IngestorSettings(Duration.ofMinutes(15), Duration.ofMillis(200), Duration.ofSeconds(60));

    private final String name = "toy-" + UUID.randomUUID();
    private final EventStream stream = new EventStream(EventStreamSettings.at(TestServers.kafka()));

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void publishesWhatTheSourceReadsAndWhatItCouldNotRead() {
        Disposable running =
                ingestor(new CountingSource(name, 50, Duration.ZERO)).run().subscribe();
        awaitStatus(RunStatus.RUN_STATUS_PARTIAL);
        running.dispose();

        assertThat(observed()).hasSize(45).first().satisfies(event -> {
            PriceObserved price = event.value();
            assertThat(event.attributes().source()).isEqualTo("/pricewire/ingestor/" + name);
            assertThat(price.getFigures().getPrice().getDigits()).isEqualTo(price.getSourceAssetId());
            assertThat(price.getPayload().toStringUtf8()).isEqualTo("row " + price.getSourceAssetId());
            assertThat(price.getOrigin()).isEqualTo(Origin.ORIGIN_FILE);
            assertThat(price.getRunId()).isEqualTo(CountingSource.runId().toString());
            assertThat(price.getStaleAfter().getSeconds()).isEqualTo(15 * 60);
        });
        List<Event<ObservationRejected>> rejected = read(Topics.PRICES_REJECTED).stream()
                .filter(event -> event.value().getIngestor().equals(name))
                .toList();
        assertThat(rejected).hasSize(5).first().satisfies(event -> {
            assertThat(event.value().getText()).isEqualTo("row 0");
            assertThat(event.value().getPosition().getFile()).isEqualTo("numbers.csv");
            assertThat(event.value().getPosition().getLine()).isEqualTo(1);
            assertThat(event.value().getReasons(0).getCode()).isEqualTo("not_a_number");
        });
    }

    @Test
    void reportsARunWhoseCountsAddUpAndWhereItsLastEventsAre() {
        Disposable running =
                ingestor(new CountingSource(name, 50, Duration.ZERO)).run().subscribe();
        awaitStatus(RunStatus.RUN_STATUS_PARTIAL);
        running.dispose();

        IngestRun run = lastReport();
        assertThat(run.getSeen()).isEqualTo(50);
        assertThat(run.getPublished()).isEqualTo(45);
        assertThat(run.getRefused()).isEqualTo(5);
        assertThat(run.getProgress()).isEqualTo(run.getSize());
        long last = stream.log(Topics.PRICES_REJECTED)
                .toEnd()
                .filter(this::isOfThisSource)
                .map(Received::offset)
                .blockLast(PATIENCE);
        assertThat(run.getEndsList())
                .filteredOn(end -> end.getTopic().equals("prices.rejected"))
                .extracting(TopicPosition::getOffset)
                .containsExactly(last + 1);
    }

    @Test
    void goesOnAfterAFailureThatPassesAndRepeatsNothing() {
        SourceException failure = new SourceException(SourceException.Kind.UNAVAILABLE, "away for a moment");
        Disposable running = ingestor(new CountingSource(name, 50, Duration.ZERO, 30, failure))
                .run()
                .subscribe();
        awaitStatus(RunStatus.RUN_STATUS_PARTIAL);
        running.dispose();

        assertThat(reports())
                .anyMatch(run -> run.getStatus() == RunStatus.RUN_STATUS_FAILURE
                        && run.getError().equals("away for a moment"));
        assertThat(observed())
                .extracting(event -> Integer.parseInt(event.value().getSourceAssetId()))
                .containsExactlyInAnyOrderElementsOf(wholeFile(50));
        assertThat(lastReport().getSeen()).isEqualTo(50);
    }

    @Test
    void givesUpWhatWillNeverBeReadable() {
        SourceException failure = new SourceException(SourceException.Kind.UNREADABLE, "a picture of a cat");
        Disposable running = ingestor(new CountingSource(name, 50, Duration.ZERO, 30, failure))
                .run()
                .subscribe();
        awaitStatus(RunStatus.RUN_STATUS_FAILURE);

        long reports = reports().size();
        await().pollDelay(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> reports().size() == reports);
        assertThat(lastReport().getError()).isEqualTo("a picture of a cat");
        running.dispose();
    }

    @Test
    void endsTheBatchInFlightWhenItIsStoppedAndGoesOnThereNextTime() {
        Ingestor first = ingestor(new CountingSource(name, 200, Duration.ofMillis(50)));
        Mono<Void> ended = first.run().cache();
        Disposable running = ended.subscribe();
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        first.stop();
        ended.block(PATIENCE);
        assertThat(running.isDisposed()).isTrue();
        int before = observed().size();
        assertThat(before).isLessThan(180);

        Disposable second =
                ingestor(new CountingSource(name, 200, Duration.ZERO)).run().subscribe();
        awaitStatus(RunStatus.RUN_STATUS_PARTIAL);
        second.dispose();

        assertThat(observed())
                .extracting(event -> Integer.parseInt(event.value().getSourceAssetId()))
                .containsExactlyInAnyOrderElementsOf(wholeFile(200));
    }

    @Test
    void readsWithOneOfTwoInstancesAndPassesOnWhenThatOneLeaves() {
        Ingestor first = ingestor(new CountingSource(name, 200, Duration.ofMillis(50)));
        Disposable leader = first.run().subscribe();
        await().atMost(PATIENCE).until(() -> !observed().isEmpty());
        Disposable standby = ingestor(new CountingSource(name, 200, Duration.ofMillis(5)))
                .run()
                .subscribe();

        leader.dispose();

        awaitStatus(RunStatus.RUN_STATUS_PARTIAL);
        standby.dispose();
        assertThat(observed())
                .extracting(event -> Integer.parseInt(event.value().getSourceAssetId()))
                .containsExactlyInAnyOrderElementsOf(wholeFile(200));
    }

    private static List<Integer> wholeFile(int count) {
        return IntStream.range(0, count)
                .filter(number -> number % 10 != 0)
                .boxed()
                .toList();
    }

    private Ingestor ingestor(PriceSource source) {
        return new Ingestor(source, SETTINGS, stream, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private void awaitStatus(RunStatus status) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> lastReport().getStatus() == status);
    }

    private IngestRun lastReport() {
        return reports().getLast();
    }

    private List<IngestRun> reports() {
        return read(Topics.INGEST_RUNS).stream()
                .map(Event::value)
                .filter(run -> run.getIngestor().equals(name))
                .toList();
    }

    private boolean isOfThisSource(Received received) {
        return received.decode(Topics.PRICES_REJECTED) instanceof Event<ObservationRejected> event
                && event.value().getIngestor().equals(name);
    }

    private List<Event<PriceObserved>> observed() {
        return read(Topics.PRICES_RAW.of(name));
    }

    @SuppressWarnings("unchecked")
    private <V extends Message> List<Event<V>> read(Topic<V> topic) {
        return stream.log(topic)
                .toEnd()
                .map(received -> (Event<V>) received.decode(topic))
                .collectList()
                .onErrorReturn(List.of())
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
