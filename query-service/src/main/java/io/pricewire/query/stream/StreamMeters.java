package io.pricewire.query.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the streams of one kind of prices. It adds up: {@code opened = ended + open}, and those that overflowed are among
 * those that ended. What is refused was never open. An event counts once for each stream that it is sent to; what is in a
 * snapshot is no event.
 */
final class StreamMeters {

    private final MeterRegistry registry;
    private final String kind;
    private final Counter opened;
    private final Counter ended;
    private final Counter refused;
    private final Counter resets;
    private final Counter overflows;
    private final Counter events;
    private final AtomicLong open = new AtomicLong();

    StreamMeters(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
        this.opened = counter("opened", "Streams that were opened");
        this.ended = counter("ended", "Streams that have ended, whoever ended them");
        this.refused = counter("refused", "Streams that were refused, because as many as may be were open");
        this.resets =
                counter("resets", "Streams that could not go on where their client was, and began with a snapshot");
        this.overflows = counter("overflows", "Streams that were ended because their client did not keep up");
        this.events = counter("events", "Events sent, each once for every stream that it was sent to");
        Gauge.builder("pricewire.streams.open", () -> open)
                .description("Streams that are open")
                .tag("kind", kind)
                .register(registry);
    }

    void opened() {
        opened.increment();
        open.incrementAndGet();
    }

    void ended() {
        ended.increment();
        open.decrementAndGet();
    }

    void refused() {
        refused.increment();
    }

    void reset() {
        resets.increment();
    }

    void overflowed() {
        overflows.increment();
    }

    void sent(int count) {
        events.increment(count);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("pricewire.streams." + name)
                .description(description)
                .tag("kind", kind)
                .register(registry);
    }
}
