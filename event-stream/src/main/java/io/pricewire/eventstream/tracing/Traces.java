package io.pricewire.eventstream.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of what is done with events, in the traces that their {@code traceparent} names. Only a span of a trace
 * that is recorded is made at all: for all others, and where nothing is traced, a call costs a look at the text.
 * Thread-safe.
 */
public final class Traces implements AutoCloseable {

    /** Nothing is traced. */
    public static final Traces NONE = new Traces(Tracer.NOOP, Propagator.NOOP, new TraceIds(), () -> {});

    private static final int TRACEPARENT_LENGTH = 55;

    /** By <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context</a>, where zeros are no id. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final Tracer tracer;
    private final Propagator propagator;
    private final TraceIds ids;
    private final Runnable close;
    private final boolean isOn;

    Traces(Tracer tracer, Propagator propagator, TraceIds ids, Runnable close) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.ids = ids;
        this.close = close;
        this.isOn = !tracer.equals(Tracer.NOOP);
    }

    /** Whether what is done with an event that bears this is recorded; what is no traceparent names no trace. */
    public boolean isRecorded(@Nullable String traceparent) {
        return isOn
                && traceparent != null
                && isSampled(traceparent)
                && TRACEPARENT.matcher(traceparent).matches();
    }

    /** Begins a trace; {@link TraceSpan#NONE} where it is not sampled. */
    public TraceSpan first(String name, UUID trace) {
        return !isOn
                ? TraceSpan.NONE
                : TraceSpan.of(ids.give(
                        trace,
                        () -> tracer.spanBuilder().setNoParent().name(name).start()));
    }

    /**
     * Continues a trace; {@link TraceSpan#NONE} where it is not recorded.
     *
     * @param traceparent of the event, or of the span, that comes before
     * @param since when it began
     */
    public TraceSpan next(Span.Kind kind, String name, @Nullable String traceparent, Instant since) {
        return traceparent == null || !isRecorded(traceparent)
                ? TraceSpan.NONE
                : TraceSpan.of(propagator
                        .extract(traceparent, (carrier, key) -> key.equals("traceparent") ? carrier : null)
                        .name(name)
                        .kind(kind)
                        .startTimestamp(microseconds(since), TimeUnit.MICROSECONDS)
                        .start());
    }

    /** Sends what has not been sent yet. */
    @Override
    public void close() {
        close.run();
    }

    private static long microseconds(Instant time) {
        return TimeUnit.NANOSECONDS.toMicros(
                Duration.between(Instant.EPOCH, time).toNanos());
    }

    /** The last bit of the flags says it. */
    private static boolean isSampled(String traceparent) {
        return traceparent.length() == TRACEPARENT_LENGTH
                && Character.digit(traceparent.charAt(TRACEPARENT_LENGTH - 1), 16) % 2 == 1;
    }
}
