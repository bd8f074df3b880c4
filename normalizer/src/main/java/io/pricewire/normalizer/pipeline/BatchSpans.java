package io.pricewire.normalizer.pipeline;

import io.micrometer.tracing.Span;
import io.pricewire.eventstream.tracing.TraceSpan;
import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.normalizer.observation.Observation;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one batch: for each publication that is recorded and has records in it, one that ends when these are about
 * to be published, or when the batch fails, and in it the one of storing them, where they were stored. Publishing comes
 * after it, and where that fails the batch comes again, with a span of its own. Of records that are not recorded it makes
 * nothing. Used by one thread at a time.
 */
final class BatchSpans {

    private final Traces traces;
    private final Clock clock;
    private final Instant begun;
    private final Map<String, TraceSpan> byTraceparent = new HashMap<>(0);
    private Instant storing = Instant.EPOCH;
    private @Nullable Instant stored;
    private boolean hasEnded;

    BatchSpans(Traces traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
        this.begun = clock.instant();
    }

    void storing() {
        storing = clock.instant();
    }

    void stored() {
        stored = clock.instant();
    }

    /** What continues the trace of a record that bears this; what it bears itself where that is not recorded. */
    @Nullable String after(@Nullable String traceparent) {
        return traceparent == null || !traces.isRecorded(traceparent)
                ? traceparent
                : byTraceparent.computeIfAbsent(traceparent, this::begin).traceparent();
    }

    void end() {
        byTraceparent.values().forEach(TraceSpan::end);
        hasEnded = true;
    }

    /** The batch of these has failed; does nothing after its end. */
    void fail(Stream<Observation> observations, Throwable failure) {
        if (!hasEnded) {
            observations.forEach(
                    observation -> after(observation.event().attributes().traceparent()));
            byTraceparent.values().forEach(span -> span.fail(failure));
            end();
        }
    }

    private TraceSpan begin(String traceparent) {
        TraceSpan normalizing = traces.next(Span.Kind.CONSUMER, "normalize", traceparent, begun);
        if (stored != null) {
            traces.next(Span.Kind.CLIENT, "store", normalizing.traceparent(), storing)
                    .endedAt(stored);
        }
        return normalizing;
    }
}
