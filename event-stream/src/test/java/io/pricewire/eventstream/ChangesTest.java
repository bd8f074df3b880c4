package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ChangesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition("prices", 3);
    private static final ConsumerGroupMetadata FIRST = generation(1);
    private static final ConsumerGroupMetadata SECOND = generation(2);

    private final Changes<Integer> changes = new Changes<>(2);

    @Test
    void namesAKeyOnceAndWhereTheGroupIsAfterAllThatNameIt() {
        add(FIRST, 12, 7);
        add(FIRST, 13, 7);

        Changes.Coalesced<Integer> taken = changes.take(FIRST);

        assertThat(taken.keys()).isEqualTo(Map.of(7, 3));
        assertThat(taken.offsets()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(13)));
        assertThat(taken.polls()).isEqualTo(2);
        assertThat(taken.records()).isEqualTo(2);
        assertThat(changes.take(FIRST).polls()).isZero();
    }

    @Test
    void forgetsWhatAnEarlierGenerationHasNotProcessed() {
        add(FIRST, 10, 1);
        add(SECOND, 5, 2);

        assertThat(changes.take(FIRST).polls()).isZero();
        Changes.Coalesced<Integer> taken = changes.take(SECOND);

        assertThat(taken.keys()).isEqualTo(Map.of(2, 3));
        assertThat(taken.offsets()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(5)));
        assertThat(taken.polls()).isEqualTo(1);
    }

    @Test
    void hasRoomForLessThanTheMost() {
        StepVerifier.create(add(FIRST, 1, 1)).expectComplete().verify(PATIENCE);
    }

    @Test
    void hasNoRoomUntilWhatWaitsIsTaken() {
        AtomicBoolean hasRoom = new AtomicBoolean();
        StepVerifier.create(add(FIRST, 2, 1, 2).doOnSuccess(done -> hasRoom.set(true)))
                .then(() -> assertThat(hasRoom).isFalse())
                .then(() -> changes.take(FIRST))
                .expectComplete()
                .verify(PATIENCE);
    }

    /** Or the next generation would wait for ever for what it must not take. */
    @Test
    void hasRoomAgainWhenAnotherGenerationComesForIt() {
        Mono<Void> room = add(FIRST, 2, 1, 2);

        changes.take(SECOND);

        StepVerifier.create(room).expectComplete().verify(PATIENCE);
        assertThat(changes.take(FIRST).keys()).hasSize(2);
    }

    private Mono<Void> add(ConsumerGroupMetadata generation, long offset, int... keys) {
        Map<Integer, Integer> partitions =
                IntStream.of(keys).boxed().collect(Collectors.toMap(key -> key, key -> PARTITION.partition()));
        return changes.add(
                Changes.Coalesced.of(partitions, Map.of(PARTITION, new OffsetAndMetadata(offset)), keys.length),
                generation);
    }

    @SuppressWarnings(
            "removal") // of an interface that only consumers implement there will be no instance without a broker
    private static ConsumerGroupMetadata generation(int number) {
        return new ConsumerGroupMetadata("group", number, "member", Optional.empty());
    }
}
