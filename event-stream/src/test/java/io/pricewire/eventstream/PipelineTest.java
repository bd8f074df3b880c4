package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.ReservedPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whatever happens to the instances: each record in, once out. */
class PipelineTest {

    private final Numbers numbers = Numbers.create();

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void publishesEachRecordOnce() {
        numbers.publish(0, 5_000);
        Disposable only = numbers.copying("a-" + numbers.in().name()).run().subscribe();

        awaitAllOf(5_000);
        only.dispose();
    }

    @Test
    void publishesEachRecordOnceWhileInstancesComeAndGo() {
        Disposable steady =
                numbers.copying("steady-" + numbers.in().name()).run().subscribe();
        for (int round = 0; round < 4; round++) {
            Disposable passing =
                    numbers.copying("passing-" + numbers.in().name()).run().subscribe();
            numbers.publish(round * 2_000, (round + 1) * 2_000);
            passing.dispose();
        }

        awaitAllOf(8_000);
        steady.dispose();
    }

    @Test
    void publishesEachRecordOnceThoughBatchesFail() {
        Random chance = new Random(42);
        Disposable only = numbers.pipeline(
                        "a-" + numbers.in().name(),
                        batch -> chance.nextInt(10) == 0
                                ? Mono.error(new IllegalStateException("one batch in ten fails"))
                                : numbers.copy(batch))
                .run()
                .subscribe();
        numbers.publish(0, 2_000);

        awaitAllOf(2_000);
        only.dispose();
    }

    @Test
    void publishesNothingOfABatchWhoseTransactionIsAborted() {
        AtomicInteger attempts = new AtomicInteger();
        Pipeline pipeline = numbers.pipeline(
                "a-" + numbers.in().name(),
                batch -> numbers.copy(batch)
                        .map(events -> attempts.getAndIncrement() == 0 ? withOneThatIsTooLarge(events) : events));
        Disposable only = pipeline.run().subscribe();
        numbers.publish(0, 500);

        awaitAllOf(500);
        assertThat(pipeline.progress().restarts()).isPositive();
        assertThat(attempts).hasValueGreaterThan(1);
        only.dispose();
    }

    @Test
    void endsTheBatchInFlightWhenItIsStopped() {
        AtomicInteger taken = new AtomicInteger();
        Pipeline pipeline = numbers.pipeline(
                "a-" + numbers.in().name(),
                batch -> numbers.copy(batch)
                        .doOnSubscribe(subscription -> taken.addAndGet(batch.size()))
                        .delayElement(Duration.ofMillis(300)));
        numbers.publish(0, 1_000);
        Mono<Void> ended = pipeline.run().then().cache();
        Disposable running = ended.subscribe();
        await().atMost(Numbers.PATIENCE).until(() -> taken.get() > 0);

        pipeline.stop();
        ended.block(Numbers.PATIENCE);

        assertThat(running.isDisposed()).isTrue();
        assertThat(numbers.read(numbers.out())).hasSize(taken.get()).doesNotHaveDuplicates();
    }

    @Test
    void stopsWhileItWaitsForRecords() {
        Pipeline pipeline = numbers.copying("a-" + numbers.in().name());
        Mono<Void> ended = pipeline.run().then().cache();
        Disposable running = ended.subscribe();

        pipeline.stop();
        ended.block(Numbers.PATIENCE);

        assertThat(running.isDisposed()).isTrue();
    }

    @Test
    void tellsHowFarItIsBehind() {
        Sinks.Empty<Void> release = Sinks.empty();
        Pipeline pipeline = numbers.pipeline(
                "a-" + numbers.in().name(), batch -> release.asMono().then(numbers.copy(batch)));
        numbers.publish(0, 1_000);

        Disposable only = pipeline.run().subscribe();
        await().atMost(Numbers.PATIENCE)
                .until(() -> pipeline.progress().recordsBehind() >= 1_000
                        && pipeline.progress().oldestInHand() != null);
        numbers.publish(1_000, 1_500);
        await("what comes while it is stuck counts")
                .atMost(Numbers.PATIENCE)
                .until(() -> pipeline.progress().recordsBehind() >= 1_500);
        release.tryEmitEmpty();

        await().atMost(Numbers.PATIENCE).until(() -> pipeline.progress().recordsBehind() == 0);
        assertThat(pipeline.progress().oldestInHand()).isNull();
        assertThat(pipeline.progress().restarts()).isZero();
        only.dispose();
    }

    @Test
    void goesOnWhenABrokerThatWasAwayIsBack(@TempDir Path folder) {
        try (ReservedPort port = ReservedPort.any();
                Numbers remote = Numbers.at("127.0.0.1:" + port.number(), "away")) {
            Disposable only = remote.copying("a").run().subscribe();
            try (EmbeddedKafka _ = EmbeddedKafka.start(folder, port.number())) {
                remote.events().createTopics(List.of(remote.in(), remote.out())).block(Numbers.PATIENCE);
                remote.publish(0, 3_000);
                await().atMost(Numbers.PATIENCE)
                        .until(() -> !remote.read(remote.out()).isEmpty());
            }
            try (EmbeddedKafka _ = EmbeddedKafka.start(folder, port.number())) {
                remote.publish(3_000, 4_000);
                await().atMost(Numbers.PATIENCE)
                        .untilAsserted(() -> assertThat(remote.read(remote.out()))
                                .containsExactlyInAnyOrderElementsOf(Numbers.range(4_000)));
                only.dispose();
            }
        }
    }

    /** The broker's limit for one record is a megabyte. */
    private List<Event<?>> withOneThatIsTooLarge(List<Event<?>> events) {
        Event<?> first = events.getFirst();
        EventAttributes huge = new EventAttributes(
                "x".repeat(2_000_000), "/test", first.attributes().time(), "", null);
        List<Event<?>> spoilt = new java.util.ArrayList<>(events);
        spoilt.add(new Event<>(
                numbers.out(), first.key(), Numbers.number(numbers.out(), 0).value(), huge));
        return spoilt;
    }

    private void awaitAllOf(int count) {
        await().atMost(Numbers.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(numbers.read(numbers.out()))
                        .containsExactlyInAnyOrderElementsOf(Numbers.range(count)));
    }
}
