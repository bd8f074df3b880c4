package io.pricewire.eventstream;

import io.pricewire.proto.v1.TopicPosition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/**
 * Publishes events in transactions under an id that only one publisher can hold: opening one fences the one before it,
 * wherever that runs, and aborts what it left open.
 *
 * <p>After a failure, whatever it was, the publisher is of no more use: close it, and open another if it is still your
 * turn. Nothing of a failed transaction is ever seen by who reads committed records.
 */
public final class EventPublisher {

    private final Transactions transactions;
    private final SubscribedTopics topics;

    EventPublisher(Transactions transactions, SubscribedTopics topics) {
        this.transactions = transactions;
        this.topics = topics;
    }

    /**
     * Publishes events, and after them others that say where the first ones are: all of it or nothing. One call after
     * another, never two at a time.
     *
     * @param closing makes the other events; it is given, for each partition that got any of the first, the offset after
     *     the last
     */
    public Mono<Void> publish(List<Event<?>> events, Function<List<TopicPosition>, ? extends List<Event<?>>> closing) {
        return transactions.commit(events, last -> closing.apply(positionsAfter(last)));
    }

    /** Publishes the events, all of them or none; one call after another, never two at a time. */
    public Mono<Void> publish(List<Event<?>> events) {
        return transactions.commit(events, last -> List.of());
    }

    /** Aborts what is in flight. */
    public Mono<Void> close() {
        return transactions.close();
    }

    private List<TopicPosition> positionsAfter(Map<TopicPartition, Long> last) {
        return last.entrySet().stream()
                .map(entry -> TopicPosition.newBuilder()
                        .setTopic(topics.contractName(entry.getKey().topic()))
                        .setPartition(entry.getKey().partition())
                        .setOffset(entry.getValue() + 1)
                        .build())
                .toList();
    }
}
