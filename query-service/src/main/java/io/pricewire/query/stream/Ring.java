package io.pricewire.query.stream;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.query.json.Shown;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The most recent events, in the order in which this instance read them, each with a number that counts up from 0. One
 * thread adds, any number read; a reader that is too far behind finds that its event is gone.
 *
 * @param <P> what the events are of
 */
final class Ring<P extends Shown> {

    private final AtomicReferenceArray<@Nullable Slot<P>> slots;
    private volatile State state;
    private volatile boolean isClosed;

    /**
     * @param capacity how many events are kept
     * @param start the position before the first event
     */
    Ring(int capacity, StreamPosition start) {
        this.slots = new AtomicReferenceArray<>(capacity);
        this.state = new State(0, start, start);
    }

    /** Adds an event; the oldest one goes where there is no room. */
    void add(RecentEvent<P> event) {
        State current = state;
        int index = index(current.head);
        Slot<P> evicted = slots.get(index);
        slots.set(index, new Slot<>(current.head, event));
        state = new State(current.head + 1, evicted == null ? current.start : evicted.event.after(), event.after());
    }

    /** Says that there is nothing more before this position, which may lie after what no reader ever sees. */
    void reached(StreamPosition position) {
        State current = state;
        state = new State(current.head, current.start, current.end.furthest(position));
    }

    /** Says that nothing is added any more, because its reader has lost touch. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** The number that the next event gets. */
    long head() {
        return state.head;
    }

    /** The position after the last event. */
    StreamPosition end() {
        return state.end;
    }

    /** The event of this number; null where it is not there yet, or gone already. */
    @Nullable RecentEvent<P> get(long number) {
        Slot<P> slot = slots.get(index(number));
        return slot != null && slot.number == number ? slot.event : null;
    }

    boolean isGone(long number) {
        return number < state.head - slots.length();
    }

    /** Whether every event after this position is here. */
    boolean hasAllAfter(StreamPosition position) {
        return position.covers(state.start);
    }

    /** The number of the first event after this position, whose events are all here; the head where there is none. */
    long firstAfter(StreamPosition position) {
        long head = state.head;
        for (long number = Math.max(0, head - slots.length()); number < head; number++) {
            RecentEvent<P> event = get(number);
            if (event != null && event.isAfter(position)) {
                return number;
            }
        }
        return head;
    }

    private int index(long number) {
        return (int) (number % slots.length());
    }

    private record Slot<P extends Shown>(long number, RecentEvent<P> event) {}

    /** What changes together: a reader sees all of it or nothing. */
    private record State(long head, StreamPosition start, StreamPosition end) {}
}
