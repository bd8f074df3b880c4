package io.pricewire.eventstream;

import io.pricewire.proto.v1.TopicPosition;
import java.util.List;
import java.util.Map;
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
     * Publishes the events, all of them or none; one call after another, never two at a time.
     *
     * @return for each partition that got any of them, the offset after the last
     */
    public Mono<List<TopicPosition>> publish(List<Event<?>> events) {
        return transactions.commit(events).map(this::positionsAfter);
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
