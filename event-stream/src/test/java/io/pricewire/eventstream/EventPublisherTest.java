package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.proto.v1.TopicPosition;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;

class EventPublisherTest {

    private final Numbers numbers = Numbers.create();

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void tellsWhereTheLastEventsAre() {
        EventPublisher publisher = numbers.publisher("publisher-" + numbers.in().name());

        List<TopicPosition> ends = new ArrayList<>();
        publisher
                .publish(Numbers.numbers(numbers.in(), 0, 100), positions -> {
                    ends.addAll(positions);
                    return List.of(Numbers.number(numbers.in(), 100));
                })
                .block(Numbers.PATIENCE);
        publisher.close().block(Numbers.PATIENCE);

        assertThat(ends).hasSize(Numbers.PARTITIONS);
        assertThat(ends.stream().mapToLong(TopicPosition::getOffset).sum()).isEqualTo(100);
        assertThat(ends).allMatch(end -> end.getTopic().equals(numbers.in().name()));
        assertThat(numbers.read(numbers.in())).containsExactlyInAnyOrderElementsOf(Numbers.range(101));
    }

    @Test
    void isFencedByTheNextPublisherOfTheSameId() {
        EventPublisher first = numbers.publisher("only-one-" + numbers.in().name());
        first.publish(Numbers.numbers(numbers.in(), 0, 10)).block(Numbers.PATIENCE);
        EventPublisher second = numbers.publisher("only-one-" + numbers.in().name());

        assertThatThrownBy(() ->
                        first.publish(Numbers.numbers(numbers.in(), 100, 110)).block(Numbers.PATIENCE))
                .satisfies(failure -> assertThat(Exceptions.unwrap(failure))
                        .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class));

        second.publish(Numbers.numbers(numbers.in(), 10, 20)).block(Numbers.PATIENCE);
        first.close().block(Numbers.PATIENCE);
        second.close().block(Numbers.PATIENCE);
        assertThat(numbers.read(numbers.in())).containsExactlyInAnyOrderElementsOf(Numbers.range(20));
    }
}
