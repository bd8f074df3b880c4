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

    /** How many requests were made, repeated ones among them. */
    public long made() {
        return made.get();
    }

    /** How many of them were made again. */
    public long repeated() {
        return repeated.get();
    }
}
