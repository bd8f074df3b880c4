package io.pricewire.ingestor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what one ingestor reads. It adds up: {@code seen = published + unchanged + refused}, as in its runs. The gauge of
 * the budget is there once a source that has one was asked.
 */
final class IngestMeters {

    private static final String TAG = "ingestor";

    private final MeterRegistry registry;
    private final String ingestor;
    private final Counter seen;
    private final Counter published;
    private final Counter unchanged;
    private final Counter refused;
    private final Counter calls;
    private final AtomicLong budgetLeft = new AtomicLong(-1);

    IngestMeters(MeterRegistry registry, String ingestor) {
        this.registry = registry;
        this.ingestor = ingestor;
        this.seen = counter("pricewire.ingestor.seen", "Records read from the source");
        this.published = counter("pricewire.ingestor.published", "Records published as observed");
        this.unchanged = counter("pricewire.ingestor.unchanged", "Records not published, because nothing had changed");
        this.refused = counter("pricewire.ingestor.refused", "Records that could not be read");
        this.calls = counter("pricewire.ingestor.calls", "Requests made to the source");
    }

    void add(Batch batch, int leftOut) {
        seen.increment(batch.observed().size() + batch.refused().size() + leftOut);
        published.increment(batch.observed().size());
        unchanged.increment(leftOut);
        refused.increment(batch.refused().size());
    }

    void addCalls(long made) {
        calls.increment(Math.toIntExact(made));
    }

    void setBudgetLeft(long left) {
        if (budgetLeft.getAndSet(left) < 0) {
            registry.gauge("pricewire.ingestor.budget.left", Tags.of(TAG, ingestor), budgetLeft);
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tag(TAG, ingestor).register(registry);
    }
}
