package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.proto.v1.IngestCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ChangeProcessingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChangeProcessing<IngestCommand, Integer> hourly = every(Duration.ofHours(1));

    @Test
    void restsForFourTimesAsLongAsTheTurnTook() {
        assertThat(hourly.restAfter(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void restsForASecondAtMostHoweverSeldomItRecurs() {
        assertThat(hourly.restAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void restsNoLongerThanUntilItRecurs() {
        ChangeProcessing<IngestCommand, Integer> often = every(Duration.ofMillis(100));

        assertThat(often.restAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void saysWhatIsCommittedBeforeItRests() {
        StepVerifier.withVirtualTime(() -> hourly.thenRest(Mono.just(7).delayElement(Duration.ofMillis(100))))
                .thenAwait(Duration.ofMillis(100))
                .expectNext(7)
                .expectNoEvent(Duration.ofMillis(399))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void restsNotWhereThereWasNothingToDo() {
        StepVerifier.withVirtualTime(
                        () -> hourly.thenRest(Mono.delay(Duration.ofSeconds(1)).then(Mono.empty())))
                .thenAwait(Duration.ofSeconds(1))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static ChangeProcessing<IngestCommand, Integer> every(Duration interval) {
        return new ChangeProcessing<>(Numbers.topic("unused"), 1, new Nothing(), interval);
    }

    private static final class Nothing implements RecurringStep<IngestCommand, Integer> {

        @Override
        public @Nullable Integer changedBy(IngestCommand number) {
            return null;
        }

        @Override
        public Mono<List<Event<?>>> apply(Map<Integer, Integer> changed) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Event<?>>> recur(Set<Integer> partitions) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<Void> committed() {
            return Mono.empty();
        }
    }
}
