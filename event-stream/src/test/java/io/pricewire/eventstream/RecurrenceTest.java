package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RecurrenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pipeline.Recurrence hourly = new Pipeline.Recurrence(new Nothing(), Duration.ofHours(1));

    @Test
    void restsForFourTimesAsLongAsTheBatchTook() {
        assertThat(hourly.restAfter(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void restsForASecondAtMostHoweverSeldomItRecurs() {
        assertThat(hourly.restAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void restsNoLongerThanUntilItRecurs() {
        Pipeline.Recurrence often = new Pipeline.Recurrence(new Nothing(), Duration.ofMillis(100));

        assertThat(often.restAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void saysThatTheBatchIsCommittedBeforeItRests() {
        StepVerifier.withVirtualTime(() -> hourly.thenRest(Mono.just(7).delayElement(Duration.ofMillis(100))))
                .thenAwait(Duration.ofMillis(100))
                .expectNext(7)
                .expectNoEvent(Duration.ofMillis(399))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static final class Nothing implements RecurringStep {

        @Override
        public Mono<List<Event<?>>> apply(List<Received> batch) {
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
