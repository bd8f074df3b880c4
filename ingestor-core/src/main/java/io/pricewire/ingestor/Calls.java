package io.pricewire.ingestor;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that a piece of work makes to its service. May be used by several threads. */
public final class Calls {

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    /** A request is about to be made. */
    public void add() {
        made.incrementAndGet();
    }

    /** A request is about to be made again. */
    public void addRepeated() {
        add();
        repeated.incrementAndGet();
    }

    long made() {
        return made.get();
    }

    long repeated() {
        return repeated.get();
    }
}
