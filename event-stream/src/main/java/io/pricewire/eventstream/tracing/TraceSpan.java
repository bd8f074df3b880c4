package io.pricewire.eventstream.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A part of a trace that is recorded, or {@link #NONE}, of which every call does nothing. */
public final class TraceSpan {

    /** What is not recorded. */
    public static final TraceSpan NONE = new TraceSpan(Span.NOOP, null);

    private final Span span;
    private final @Nullable String traceparent;

    private TraceSpan(Span span, @Nullable String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    static TraceSpan of(Span span) {
        TraceContext context = span.context();
        return span.isNoop() ? NONE : new TraceSpan(span, "00-%s-%s-01".formatted(context.traceId(), context.spanId()));
    }

    /** What an event bears that continues the trace after this; null where it is not recorded. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    public TraceSpan tag(String name, String value) {
        span.tag(name, value);
        return this;
    }

    public TraceSpan tag(String name, long value) {
        span.tag(name, value);
        return this;
    }

    public void fail(Throwable failure) {
        span.error(failure);
    }

    public void end() {
        span.end();
    }

    public void endedAt(Instant time) {
        span.end(time.toEpochMilli(), TimeUnit.MILLISECONDS);
    }
}
