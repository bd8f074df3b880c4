package io.pricewire.ingestor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts what one ingestor reads. It adds up: {@code seen = published + unchanged + refused}, as in its runs. The gauges of
 * the budget are there where the source has one, that of the month once it was asked; an instance that leads no longer knows
 * nothing of it, and says NaN.
 */
final class IngestMeters {

    private static final String TAG = "ingestor";
    private static final long UNKNOWN = -1;

    private final MeterRegistry registry;
    private final String ingestor;
    private final Counter seen;
    private final Counter published;
    private final Counter unchanged;
    private final Counter refused;
    private final Counter calls;
    private final MinuteOfCalls minute;
    private final AtomicLong monthLeft = new AtomicLong(UNKNOWN);

    IngestMeters(MeterRegistry registry, String ingestor, MinuteOfCalls minute) {
        this.registry = registry;
        this.ingestor = ingestor;
        this.seen = counter("pricewire.ingestor.seen", "Records read from the source");
        this.published = counter("pricewire.ingestor.published", "Records published as observed");
        this.unchanged = counter("pricewire.ingestor.unchanged", "Records not published, because nothing had changed");
        this.refused = counter("pricewire.ingestor.refused", "Records that could not be read");
        this.calls = counter("pricewire.ingestor.calls", "Requests made to the source");
        this.minute = minute;
        if (minute.isBounded()) {
            budgetGauge("minute", minute::left);
        }
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

    /** A request is about to be made. */
    void call() {
        minute.add();
    }

    void setMonthLeft(long left) {
        if (monthLeft.getAndSet(left) == UNKNOWN) {
            budgetGauge("month", this::monthLeft);
        }
    }

    /** Another instance uses the budget from now on. */
    void forgetMonth() {
        monthLeft.set(UNKNOWN);
    }

    private Number monthLeft() {
        long left = monthLeft.get();
        if (left == UNKNOWN) {
            return Double.NaN;
        }
        return left;
    }

    private void budgetGauge(String per, Supplier<Number> left) {
        Gauge.builder("pricewire.ingestor.budget.left", left)
                .description("How many more requests the source allows in this time")
                .tag(TAG, ingestor)
                .tag("per", per)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tag(TAG, ingestor).register(registry);
    }
}
