package io.pricewire.eventstream;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Lets what is in flight end, and nothing new begin. At most one thing is in flight at a time. */
final class Drain {

    private final Sinks.Empty<Void> drained = Sinks.empty();
    private boolean begun;
    private boolean busy;

    /** From now on nothing starts. */
    synchronized void begin() {
        begun = true;
        emitWhenDrained();
    }

    /** Completes once draining has begun and nothing is in flight any longer. */
    Mono<Void> drained() {
        return drained.asMono();
    }

    /** The work; nothing, where draining has begun before it starts. */
    <T> Mono<T> unlessBegun(Mono<T> work) {
        return Mono.defer(() -> start() ? work.doFinally(signal -> end()) : Mono.empty());
    }

    private synchronized boolean start() {
        busy = !begun;
        return busy;
    }

    private synchronized void end() {
        busy = false;
        emitWhenDrained();
    }

    private void emitWhenDrained() {
        if (begun && !busy) {
            drained.tryEmitEmpty();
        }
    }
}
