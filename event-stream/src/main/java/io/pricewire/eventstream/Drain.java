package io.pricewire.eventstream;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Lets what is in flight end, and nothing new begin. */
final class Drain {

    private final Sinks.Empty<Void> drained = Sinks.empty();
    private boolean begun;
    private int inFlight;

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
        if (!begun) {
            inFlight++;
        }
        return !begun;
    }

    private synchronized void end() {
        inFlight--;
        emitWhenDrained();
    }

    private void emitWhenDrained() {
        if (begun && inFlight == 0) {
            drained.tryEmitEmpty();
        }
    }
}
