package io.pricewire.query.stream;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.Numbers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the topic, kept for a while, with the frames that are sent for it, which are made once and shared by all
 * clients. Immutable but for those.
 */
final class RecentEvent {

    private final KnownPrice price;
    private final int partition;
    private final long offset;
    private final StreamPosition after;
    private volatile byte @Nullable [] numbers;
    private volatile byte @Nullable [] strings;

    /**
     * @param after the position of who has read all events up to this one, in the order of this instance
     */
    RecentEvent(KnownPrice price, int partition, long offset, StreamPosition after) {
        this.price = price;
        this.partition = partition;
        this.offset = offset;
        this.after = after;
    }

    KnownPrice price() {
        return price;
    }

    StreamPosition after() {
        return after;
    }

    /** Whether it comes after this position. */
    boolean isAfter(StreamPosition position) {
        return offset >= position.offset(partition);
    }

    /** What is sent to a client that has had every event before it. */
    byte[] frame(Numbers form, Instant now) {
        byte[] frame = form == Numbers.NUMBER ? numbers : strings;
        if (frame == null) {
            frame = frame(form, now, after);
            if (form == Numbers.NUMBER) {
                numbers = frame;
            } else {
                strings = frame;
            }
        }
        return frame;
    }

    /** What is sent to a client whose position is another than that of everybody else. */
    byte[] frame(Numbers form, Instant now, StreamPosition position) {
        return Frames.event("price", position.toString(), price.json(form, now));
    }
}
