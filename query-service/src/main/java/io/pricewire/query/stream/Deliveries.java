package io.pricewire.query.stream;

import io.pricewire.eventstream.tracing.Traces;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The deliveries of the traces whose events come now. Events of one trace share one, also where those of other traces come in
 * between. Used by one thread at a time.
 */
final class Deliveries {

    /** More runs than are under way at a time. */
    private static final int MOST = 32;

    private final Traces traces;
    private final Clock clock;
    private final SequencedMap<String, Delivery> recent = new LinkedHashMap<>(MOST, 0.75f, true);

    Deliveries(Traces traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
    }

    /** The one of the trace that is continued by this; it began when its first event came. */
    Delivery of(String traceparent) {
        Delivery delivery = recent.computeIfAbsent(traceparent, key -> new Delivery(traces, key, clock.instant()));
        if (recent.size() > MOST) {
            recent.pollFirstEntry();
        }
        return delivery;
    }
}
