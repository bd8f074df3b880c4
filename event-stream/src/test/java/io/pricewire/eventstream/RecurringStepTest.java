package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.proto.v1.IngestCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What time alone changes is published as safely as what is received. */
class RecurringStepTest {

    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);

    private final Numbers numbers = Numbers.create();

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void publishesThoughNothingIsReceived() {
        Ticking step = new Ticking();
        Disposable only = pipeline("a", step).run().subscribe();

        await().atMost(Numbers.PATIENCE).until(() -> numbers.read(numbers.out()).size() > 3);

        assertThat(step.partitions).isEqualTo(ALL);
        only.dispose();
    }

    @Test
    void repeatsAndSkipsNothingThatIsReceivedMeanwhile() {
        Disposable first = pipeline("a", new Ticking()).run().subscribe();
        numbers.publish(0, 1_000);
        await().atMost(Numbers.PATIENCE).until(() -> received().size() > 200);
        first.dispose();
        Disposable second = pipeline("a", new Ticking()).run().subscribe();
        numbers.publish(1_000, 1_500);

        await().atMost(Numbers.PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrderElementsOf(Numbers.range(1_500)));
        second.dispose();
    }

    @Test
    void doesSoForThePartitionsOfEachInstanceOnly() {
        Ticking one = new Ticking();
        Ticking other = new Ticking();
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
        Ticking step = new Ticking();
        Disposable only = pipeline("a", step).run().subscribe();
        numbers.publish(0, 500);

        await().atMost(Numbers.PATIENCE).until(() -> received().size() == 500);

        assertThat(step.askedWhileUnsure).hasValue(0);
        only.dispose();
    }

    private Pipeline pipeline(String id, Ticking step) {
        return numbers.events()
                .pipeline(
                        "group-" + numbers.in().name(),
                        id + "-" + numbers.in().name(),
                        numbers.in(),
                        50,
                        step,
                        Duration.ofMillis(30));
    }

    private List<Integer> received() {
        return numbers.read(numbers.out()).stream()
                .filter(number -> number >= 0)
                .toList();
    }

    /** Copies every number that it is told of, and publishes -1 in between. */
    private final class Ticking implements RecurringStep<IngestCommand, Integer> {

        private final AtomicInteger askedWhileUnsure = new AtomicInteger();
        private volatile Set<Integer> partitions = Set.of();
        private volatile boolean unsure;

        @Override
        public Integer changedBy(IngestCommand number) {
            return Integer.valueOf(number.getCommandId());
        }

        @Override
        public Mono<List<Event<?>>> apply(Map<Integer, Integer> changed) {
            ask();
            return Mono.just(changed.keySet().stream()
                    .<Event<?>>map(number -> Numbers.number(numbers.out(), number))
                    .toList());
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
