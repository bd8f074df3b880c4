package io.pricewire.ingestor;

import io.micrometer.tracing.Span;
import io.pricewire.eventstream.tracing.TraceSpan;
import io.pricewire.eventstream.tracing.Traces;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one run, whose trace has the run's id: the run itself, in it each fetch of a batch, and after that its
 * publication. Batches are fetched one after another.
 */
final class RunSpans {

    private final Traces traces;
    private final String ingestor;
    private final Work work;
    private final Clock clock;
    private TraceSpan run = TraceSpan.NONE;
    private Instant fetchedLast = Instant.EPOCH;

    RunSpans(Traces traces, String ingestor, Work work, Clock clock) {
        this.traces = traces;
        this.ingestor = ingestor;
        this.work = work;
        this.clock = clock;
    }

    void begin() {
        fetchedLast = clock.instant();
        run = traces.first("ingest", work.runId());
        run.tag("ingestor", ingestor).tag("run_id", work.runId().toString());
    }

    /** A batch is here; the fetch of the next one begins. */
    Fetched fetched(Batch batch) {
        TraceSpan fetch = traces.next(Span.Kind.CLIENT, "fetch", run.traceparent(), fetchedLast)
                .tag("observed", batch.observed().size())
                .tag("refused", batch.refused().size());
        fetch.end();
        fetchedLast = clock.instant();
        return new Fetched(batch, fetch.traceparent());
    }

    TraceSpan publish(Fetched fetched) {
        return traces.next(Span.Kind.PRODUCER, "publish", fetched.traceparent, clock.instant())
                .tag("ingestor", ingestor);
    }

    void fail(Throwable failure) {
        run.fail(failure);
    }

    void end() {
        run.end();
    }

    /**
     * A batch, and how it was fetched.
     *
     * @param traceparent of its fetch; null where that is not recorded
     */
    record Fetched(Batch batch, @Nullable String traceparent) {}
}
