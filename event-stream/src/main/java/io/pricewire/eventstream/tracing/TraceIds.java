package io.pricewire.eventstream.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ids of traces and spans: random ones, but for a trace that is begun for something that has an id. */
final class TraceIds implements IdGenerator {

    private final ThreadLocal<@Nullable String> given = new ThreadLocal<>();

    /** A trace that is begun in here has this id. */
    <T> T give(UUID id, Supplier<T> begin) {
        given.set(id.toString().replace("-", ""));
        try {
            return begin.get();
        } finally {
            given.remove();
        }
    }

    @Override
    public String generateTraceId() {
        String id = given.get();
        return id == null ? IdGenerator.random().generateTraceId() : id;
    }

    @Override
    public String generateSpanId() {
        return IdGenerator.random().generateSpanId();
    }
}
