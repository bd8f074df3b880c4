package io.pricewire.query.stream;

import io.pricewire.eventstream.StreamPosition;
import io.pricewire.query.json.Shown;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One client of the stream: a place in the ring, and what it wants to see.
 *
 * <p>It has nothing in store: what is sent is put together, from bytes that all clients share, when the connection has
 * taken what was sent before. A client that reads slowly gets more at a time; one whose place in the ring is gone is told
 * so, if it can still be told anything, and let go.
 *
 * <p>Its loop decides whether there is something to send, and only while nothing is announced; whoever writes puts it
 * together, and only while it is announced. So the fields need no lock.
 *
 * @param <P> what is streamed
 */
final class StreamClient<P extends Shown> {

    private static final int LARGEST_WRITE = 1 << 16;
    private static final int RETRY_MILLISECONDS = 3_000;
    private static final byte[] SNAPSHOT = Frames.head("snapshot", null);

    private final StreamRequest<P> request;
    private final Ring<P> ring;
    private final DataBufferFactory buffers;
    private final Clock clock;
    private final StreamMeters meters;
    private final Sinks.Many<Publisher<DataBuffer>> writes =
            Sinks.many().unicast().onBackpressureBuffer();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final List<P> snapshot;
    private final @Nullable String resetReason;
    private final Runnable disconnect;
    private Runnable offerLater = () -> {};
    private Runnable leave = () -> {};
    private StreamPosition position;
    private volatile long next;
    private int inSnapshot;
    private boolean hasBegun;
    private boolean isLive;
    private volatile boolean isHeartbeatDue;
    private volatile boolean hasEnded;

    /**
     * @param snapshot what is shown before the events; nothing where the client goes on from a position
     * @param resetReason why the client cannot go on from where it was; null where it can, or was nowhere
     * @param position the client's position before the first event
     * @param next the number of the first event that may be after that position
     * @param disconnect closes the connection at once
     */
    StreamClient(
            StreamRequest<P> request,
            Ring<P> ring,
            List<P> snapshot,
            @Nullable String resetReason,
            StreamPosition position,
            long next,
            Runnable disconnect,
            DataBufferFactory buffers,
            Clock clock,
            StreamMeters meters) {
        this.request = request;
        this.ring = ring;
        this.snapshot = snapshot;
        this.resetReason = resetReason;
        this.position = position;
        this.next = next;
        this.disconnect = disconnect;
        this.buffers = buffers;
        this.clock = clock;
        this.meters = meters;
    }

    /** What is written to the connection; each element when the one before it is written. */
    Flux<Publisher<DataBuffer>> writes() {
        return writes.asFlux().doFinally(signal -> leave.run());
    }

    /**
     * Begins to send.
     *
     * @param offerLater lets the client's loop call {@link #offer}
     * @param leave is called when the client is gone
     */
    void start(Runnable offerLater, Runnable leave) {
        this.offerLater = offerLater;
        this.leave = () -> {
            leave.run();
            meters.ended();
        };
        meters.opened();
        offerLater.run();
    }

    /** Announces a write if there is something to send; called by the client's loop. */
    void offer() {
        if (hasEnded) {
            return;
        }
        if (ring.isClosed()) {
            end();
        } else if (ring.isGone(next)) {
            overflow();
        } else if (!announced.get() && hasSomethingToSend()) {
            announced.set(true);
            writes.tryEmitNext(Mono.fromCallable(this::write));
        }
    }

    /** Sends a sign of life; called by the client's loop. */
    void heartbeat() {
        isHeartbeatDue = true;
        offer();
    }

    /** Ends the stream; called by the client's loop, or it could be lost in an announcement. */
    void end() {
        hasEnded = true;
        writes.tryEmitComplete();
    }

    private boolean hasSomethingToSend() {
        if (!hasBegun || isHeartbeatDue || inSnapshot < snapshot.size()) {
            return true;
        }
        long number = next;
        for (RecentEvent<P> event = ring.get(number); event != null; event = ring.get(number)) {
            if (isWanted(event)) {
                return true;
            }
            position = position.furthest(event.after());
            number++;
            next = number;
        }
        return false;
    }

    private boolean isWanted(RecentEvent<P> event) {
        return event.isAfter(position) && request.matches(event.price());
    }

    private DataBuffer write() {
        Instant now = clock.instant();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        begin(frames);
        writeSnapshot(frames, now);
        writeEvents(frames, now);
        if (isHeartbeatDue) {
            isHeartbeatDue = false;
            // A client that connected again with an id would never get the rest of its snapshot.
            frames.writeBytes(Frames.heartbeat(isLive ? position.toString() : null));
        }
        announced.set(false);
        offerLater.run();
        return buffers.wrap(frames.toByteArray());
    }

    private void begin(ByteArrayOutputStream frames) {
        if (!hasBegun) {
            hasBegun = true;
            frames.writeBytes(Frames.retry(RETRY_MILLISECONDS));
            if (resetReason != null) {
                meters.reset();
                frames.writeBytes(
                        Frames.event("reset", null, Frames.utf8("{\"reason\":\"%s\"}".formatted(resetReason))));
            }
        }
    }

    private void writeSnapshot(ByteArrayOutputStream frames, Instant now) {
        while (inSnapshot < snapshot.size() && frames.size() < LARGEST_WRITE) {
            P price = snapshot.get(inSnapshot++);
            if (request.matches(price)) {
                Frames.write(SNAPSHOT, price.json(request.numbers(), now), frames);
            }
        }
        if (inSnapshot == snapshot.size() && !isLive) {
            isLive = true;
            frames.writeBytes(Frames.event("live", position.toString(), Frames.utf8("{}")));
        }
    }

    private void writeEvents(ByteArrayOutputStream frames, Instant now) {
        long number = next;
        int sent = 0;
        RecentEvent<P> event = isLive ? ring.get(number) : null;
        while (event != null && frames.size() < LARGEST_WRITE) {
            number++;
            next = number;
            boolean isWanted = isWanted(event);
            StreamPosition after = position.furthest(event.after());
            if (isWanted) {
                event.write(frames, after, request.numbers(), now);
                sent++;
            }
            position = after;
            event = ring.get(number);
        }
        meters.sent(sent);
    }

    /** A client that takes nothing at all cannot be told that it has lost its place. */
    private void overflow() {
        meters.overflowed();
        if (announced.get()) {
            disconnect.run();
        } else {
            writes.tryEmitNext(Mono.fromCallable(() -> buffers.wrap(
                    Frames.event("overflow", null, Frames.utf8("{\"reason\":\"the client did not keep up\"}")))));
        }
        end();
    }
}
