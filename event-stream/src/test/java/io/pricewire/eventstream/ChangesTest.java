package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        add(FIRST, 10, 7, 7);
        add(FIRST, 12, 7);

        Changes.Taken<Integer> taken = changes.take(FIRST);

        assertThat(taken.keys()).isEqualTo(Map.of(7, 3));
        assertThat(taken.offsets()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(13)));
        assertThat(taken.batches()).isEqualTo(2);
        assertThat(taken.records()).isEqualTo(3);
        assertThat(changes.take(FIRST).batches()).isZero();
    }

    @Test
    void getsPastRecordsThatChangeNothing() {
        changes.add(records(10, 7), FIRST, record -> null);

        Changes.Taken<Integer> taken = changes.take(FIRST);

        assertThat(taken.keys()).isEmpty();
        assertThat(taken.offsets()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(11)));
    }

    @Test
    void forgetsWhatAnEarlierGenerationHasNotProcessed() {
        add(FIRST, 10, 1);
        add(SECOND, 4, 2);

        assertThat(changes.take(FIRST).batches()).isZero();
        Changes.Taken<Integer> taken = changes.take(SECOND);

        assertThat(taken.keys()).isEqualTo(Map.of(2, 3));
        assertThat(taken.offsets()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(5)));
        assertThat(taken.batches()).isEqualTo(2);
    }

    @Test
    void hasNoRoomUntilWhatWaitsIsTaken() {
        StepVerifier.create(add(FIRST, 0, 1)).expectComplete().verify(PATIENCE);
        AtomicBoolean hasRoom = new AtomicBoolean();
        add(FIRST, 1, 2).subscribe(none -> {}, failure -> {}, () -> hasRoom.set(true));
        assertThat(hasRoom).isFalse();

        changes.take(FIRST);

        assertThat(hasRoom).isTrue();
    }

    /** Or the next generation would wait for ever for what it must not take. */
    @Test
    void hasRoomAgainWhenAnotherGenerationComesForIt() {
        Mono<Void> room = add(FIRST, 0, 1, 2);

        changes.take(SECOND);

        StepVerifier.create(room).expectComplete().verify(PATIENCE);
        assertThat(changes.take(FIRST).keys()).hasSize(2);
    }

    private Mono<Void> add(ConsumerGroupMetadata generation, long offset, int... keys) {
        return changes.add(records(offset, keys), generation, record -> (int) record.key()[0]);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(long offset, int... keys) {
        return IntStream.range(0, keys.length)
                .mapToObj(i -> new ConsumerRecord<>(
                        PARTITION.topic(), PARTITION.partition(), offset + i, new byte[] {(byte) keys[i]}, new byte[0]))
                .toList();
    }

    @SuppressWarnings(
            "removal") // of an interface that only consumers implement there will be no instance without a broker
    private static ConsumerGroupMetadata generation(int number) {
        return new ConsumerGroupMetadata("group", number, "member", Optional.empty());
    }
}
