package io.pricewire.query.stream;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.Shown;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the topic, kept for a while, with what its frame begins with, which is made once and shared by all clients.
 * Immutable but for that.
 *
 * @param <P> what the event is of
 */
final class RecentEvent<P extends Shown> {

    private final P price;
    private final int partition;
    private final long offset;
    private final StreamPosition after;
    private final @Nullable Delivery delivery;
    private volatile byte @Nullable [] head;

    /**
     * @param after the position of who has read all events up to this one, in the order of this instance
     * @param delivery of the trace that it belongs to; null where that is not recorded
     */
    RecentEvent(P price, int partition, long offset, StreamPosition after, @Nullable Delivery delivery) {
        this.price = price;
        this.partition = partition;
        this.offset = offset;
        this.after = after;
        this.delivery = delivery;
    }

    P price() {
        return price;
    }

    StreamPosition after() {
        return after;
    }

    /** Whether it comes after this position. */
    boolean isAfter(StreamPosition position) {
        return offset >= position.offset(partition);
    }

    /** Writes what is sent to a client that has this position when it has had the event. */
    void write(ByteArrayOutputStream frames, StreamPosition position, Numbers form, Instant now) {
        Frames.write(position.equals(after) ? head() : head(position), price.json(form, now), frames);
        if (delivery != null) {
            delivery.done(partition, offset);
        }
    }

    private byte[] head() {
        byte[] known = head;
        if (known == null) {
            known = head(after);
            head = known;
        }
        return known;
    }

    private static byte[] head(StreamPosition position) {
        return Frames.head("price", position.toString());
    }
}
