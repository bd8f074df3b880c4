package io.pricewire.query.stream;

import io.micrometer.tracing.Span;
import io.pricewire.eventstream.tracing.Traces;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last part of a recorded trace: from reading its events to writing the first of them to a client, whichever comes
 * first. Clients that follow add nothing to it. Thread-safe.
 */
final class Delivery {

    private final Traces traces;
    private final String traceparent;
    private final Instant readAt;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Delivery(Traces traces, String traceparent, Instant readAt) {
        this.traces = traces;
        this.traceparent = traceparent;
        this.readAt = readAt;
    }

    /** An event is written to a client. */
    void done(int partition, long offset) {
        if (!isDone.getAndSet(true)) {
            traces.next(Span.Kind.CONSUMER, "stream", traceparent, readAt)
                    .tag("partition", partition)
                    .tag("offset", offset)
                    .end();
        }
    }
}
