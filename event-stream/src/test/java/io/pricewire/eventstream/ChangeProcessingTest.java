package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.testing.TestServers;
import io.pricewire.proto.v1.IngestCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What has changed, and what time alone changes, is published as safely as what is received. */
class ChangeProcessingTest {

    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);
    private static final int MOST = 50;

    private final Numbers numbers = Numbers.create();

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void publishesThoughNothingIsReceived() {
        Copying step = new Copying();
        Disposable only = pipeline("a", step).run().subscribe();

        await().atMost(Numbers.PATIENCE).until(() -> numbers.read(numbers.out()).size() > 3);

        assertThat(step.partitions).isEqualTo(ALL);
        only.dispose();
    }

    @Test
    void repeatsAndSkipsNothingThatIsReceivedMeanwhile() {
        Disposable first = pipeline("a", new Copying()).run().subscribe();
        numbers.publish(0, 500);
        await().atMost(Numbers.PATIENCE).until(() -> received().size() > 100);
        first.dispose();
        Disposable second = pipeline("a", new Copying()).run().subscribe();
        numbers.publish(500, 750);

        awaitEachOnce(750);
        second.dispose();
    }

    @Test
    void repeatsAndSkipsNothingWhileInstancesComeAndGoAndIsBehindNoMoreAfterwards() {
        Pipeline steady = pipeline("steady", new Copying());
        Disposable staying = steady.run().subscribe();
        for (int round = 0; round < 3; round++) {
            Disposable passing = pipeline("passing", new Copying()).run().subscribe();
            numbers.publish(round * 250, (round + 1) * 250);
            int soFar = round * 250;
            await().atMost(Numbers.PATIENCE).until(() -> received().size() > soFar);
            passing.dispose();
        }

        awaitEachOnce(750);
        await().atMost(Numbers.PATIENCE).until(() -> steady.progress().recordsBehind() == 0);
        assertThat(steady.progress().oldestInHand()).isNull();
        staying.dispose();
    }

    @Test
    void repeatsAndSkipsNothingThoughTurnsFail() {
        AtomicInteger turns = new AtomicInteger();
        Copying step = new Copying(events -> turns.incrementAndGet() % 3 == 0
                ? Mono.error(new IllegalStateException("one turn in three fails"))
                : events);
        Pipeline pipeline = pipeline("a", step);
        numbers.publish(0, 300);
        Disposable only = pipeline.run().subscribe();

        awaitEachOnce(300);
        assertThat(pipeline.progress().restarts()).isPositive();
        only.dispose();
    }

    @Test
    void passesNothingWhereTheStepDoesNotSayWhatToPublish() {
        AtomicInteger turns = new AtomicInteger();
        Copying step = new Copying(events -> turns.incrementAndGet() == 1 ? Mono.empty() : events);
        Disposable only = pipeline("a", step).run().subscribe();
        numbers.publish(0, 100);

        awaitEachOnce(100);
        only.dispose();
    }

    @Test
    void endsTheTurnInFlightWhenItIsStopped() {
        AtomicInteger turns = new AtomicInteger();
        Copying step = new Copying(
                events -> events.doOnSubscribe(begun -> turns.incrementAndGet()).delayElement(Duration.ofMillis(300)));
        Pipeline pipeline = pipeline("a", step);
        numbers.publish(0, 300);
        Mono<Void> ended = pipeline.run().then().cache();
        Disposable running = ended.subscribe();
        await().atMost(Numbers.PATIENCE).until(() -> turns.get() > 0);

        pipeline.stop();
        ended.block(Numbers.PATIENCE);

        assertThat(running.isDisposed()).isTrue();
        assertThat(received()).isNotEmpty().doesNotHaveDuplicates();
        Disposable next = pipeline("a", new Copying()).run().subscribe();
        awaitEachOnce(300);
        next.dispose();
    }

    @Test
    void getsPastWhatCannotBeReadAndWhatHasNoValue() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] key = "0".getBytes(StandardCharsets.UTF_8);
            var garbage = producer.send(new ProducerRecord<>(numbers.in().name(), key, new byte[] {-1}));
            var nothing = producer.send(new ProducerRecord<>(numbers.in().name(), key, null));
            assertThat(List.of(garbage, nothing))
                    .allSatisfy(sent -> assertThat(sent).succeedsWithin(Numbers.PATIENCE));
        }
        Pipeline pipeline = pipeline("a", new Copying());
        Disposable only = pipeline.run().subscribe();
        numbers.publish(0, 10);

        awaitEachOnce(10);
        assertThat(pipeline.progress().restarts()).isZero();
        only.dispose();
    }

    @Test
    void doesSoForThePartitionsOfEachInstanceOnly() {
        Copying one = new Copying();
        Copying other = new Copying();
        Disposable first = pipeline("one", one).run().subscribe();
        Disposable second = pipeline("other", other).run().subscribe();

        await().atMost(Numbers.PATIENCE).untilAsserted(() -> {
            assertThat(one.partitions).hasSize(2).doesNotContainAnyElementsOf(other.partitions);
            assertThat(Stream.concat(one.partitions.stream(), other.partitions.stream()))
                    .containsExactlyInAnyOrderElementsOf(ALL);
        });

        first.dispose();
        await().atMost(Numbers.PATIENCE)
                .untilAsserted(() -> assertThat(other.partitions).isEqualTo(ALL));
        second.dispose();
    }

    @Test
    void tellsTheStepWhatIsCommittedBeforeItIsAskedAgain() {
        Copying step = new Copying();
        Disposable only = pipeline("a", step).run().subscribe();
        numbers.publish(0, 500);

        await().atMost(Numbers.PATIENCE).until(() -> received().size() == 500);

        assertThat(step.askedWhileUnsure).hasValue(0);
        only.dispose();
    }

    @Test
    void restsForNineTimesAsLongAsTheTurnTook() {
        assertThat(ChangeProcessing.restAfter(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(1_800));
    }

    @Test
    void restsForTwoSecondsAtMost() {
        assertThat(ChangeProcessing.restAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void saysWhatIsCommittedBeforeItRests() {
        StepVerifier.withVirtualTime(
                        () -> ChangeProcessing.thenRest(Mono.just(7).delayElement(Duration.ofMillis(100))))
                .thenAwait(Duration.ofMillis(100))
                .expectNext(7)
                .expectNoEvent(Duration.ofMillis(899))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(Numbers.PATIENCE);
    }

    @Test
    void restsNotWhereThereWasNothingToDo() {
        StepVerifier.withVirtualTime(() -> ChangeProcessing.thenRest(
                        Mono.delay(Duration.ofSeconds(1)).then(Mono.empty())))
                .thenAwait(Duration.ofSeconds(1))
                .expectComplete()
                .verify(Numbers.PATIENCE);
    }

    private Pipeline pipeline(String id, Copying step) {
        return numbers.events()
                .pipeline(
                        "group-" + numbers.in().name(),
                        id + "-" + numbers.in().name(),
                        numbers.in(),
                        MOST,
                        step,
                        Duration.ofMillis(30));
    }

    private void awaitEachOnce(int to) {
        await().atMost(Numbers.PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrderElementsOf(Numbers.range(to)));
    }

    private List<Integer> received() {
        return numbers.read(numbers.out()).stream()
                .filter(number -> number >= 0)
                .toList();
    }

    /** Copies every number that it is told of, and publishes -1 in between. */
    private final class Copying implements ChangeStep<IngestCommand, Integer> {

        private final AtomicInteger askedWhileUnsure = new AtomicInteger();
        private final UnaryOperator<Mono<List<Event<?>>>> turn;
        private volatile Set<Integer> partitions = Set.of();
        private volatile boolean unsure;

        Copying() {
            this(UnaryOperator.identity());
        }

        /** @param turn what becomes of a turn */
        Copying(UnaryOperator<Mono<List<Event<?>>>> turn) {
            this.turn = turn;
        }

        @Override
        public @Nullable Integer changedBy(IngestCommand number) {
            return Integer.valueOf(number.getCommandId());
        }

        @Override
        public Mono<List<Event<?>>> apply(Map<Integer, Integer> changed) {
            ask();
            return turn.apply(Mono.just(changed.keySet().stream()
                    .<Event<?>>map(number -> Numbers.number(numbers.out(), number))
                    .toList()));
        }

        @Override
        public Mono<List<Event<?>>> recur(Set<Integer> own) {
            partitions = own;
            ask();
            return Mono.just(List.of(Numbers.number(numbers.out(), -1)));
        }

        @Override
        public Mono<Void> committed() {
            return Mono.fromRunnable(() -> unsure = false);
        }

        private void ask() {
            if (unsure) {
                askedWhileUnsure.incrementAndGet();
            }
            unsure = true;
        }
    }
}
