package io.pricewire.ingestor;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request to end after what is in flight, and to begin nothing new. */
final class Stop {

    private final Sinks.Empty<Void> sink = Sinks.empty();
    private volatile boolean requested;

    void request() {
        requested = true;
        sink.tryEmitEmpty();
    }

    boolean isRequested() {
        return requested;
    }

    /** Completes when it is requested. */
    Mono<Void> requested() {
        return sink.asMono();
    }
}
