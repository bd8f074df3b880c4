package io.pricewire.query.stream;

import com.google.protobuf.Message;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Undecodable;
import io.pricewire.proto.Topic;
import io.pricewire.query.json.Shown;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A kind of prices that is streamed: the topic on which they come, and what is known of them when a client begins. The feed
 * calls it from one thread at a time; {@link #allLater} only while nothing is remembered.
 *
 * @param <M> what the topic carries
 * @param <P> what is made of it
 */
abstract class Kind<M extends Message, P extends Shown> {

    private static final Logger log = LoggerFactory.getLogger(Kind.class);

    private final Topic<M> topic;

    Kind(Topic<M> topic) {
        this.topic = topic;
    }

    /** The topic whose events are streamed. */
    final Topic<M> topic() {
        return topic;
    }

    /** The topics that must be there before anything is read. */
    abstract List<Topic<?>> topics();

    /** Learns what was published before; completes when it lacks nothing of what was published when it was subscribed to. */
    abstract Mono<Void> recall();

    /** Keeps what is newer than what is known; returns it, newer or not. */
    abstract P put(M message, Received received);

    /** All that is known now, made a list when it is asked for. */
    abstract Supplier<List<P>> allLater();

    /** Says that nothing is missing any more. */
    void complete() {}

    /** Says that something may be missing from now on. */
    void loseTouch() {}

    /** Null where the record is no price, which is for whoever wrote it to explain. */
    final @Nullable P remember(Received received) {
        try {
            return switch (received.decode(topic)) {
                case Event<M> event -> put(event.value(), received);
                case Undecodable<M> undecodable -> leaveOut(received, undecodable.reason());
            };
        } catch (RuntimeException brokenContract) {
            return leaveOut(received, brokenContract.toString());
        }
    }

    private @Nullable P leaveOut(Received received, String reason) {
        log.warn(
                "a record is no price and is left out topic={} partition={} offset={} reason={}",
                received.topic(),
                received.partition(),
                received.offset(),
                reason);
        return null;
    }
}
