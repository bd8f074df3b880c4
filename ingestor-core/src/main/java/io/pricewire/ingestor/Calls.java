package io.pricewire.ingestor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that a piece of work makes to its service. May be used by several threads. */
public final class Calls {

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile long most = Long.MAX_VALUE;
    private volatile Duration renewedAfter = Duration.ZERO;
    private volatile Runnable listener = () -> {};

    /** A request is about to be made. */
    public void add() {
        made.incrementAndGet();
        listener.run();
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

    /** Whether all are made that may be. */
    public boolean areUsedUp() {
        return made() >= most;
    }

    /** How long it takes until more may be made. */
    public Duration renewedAfter() {
        return renewedAfter;
    }

    /**
     * No more than these may be made.
     *
     * @param after how long it takes until there are others
     */
    void limitTo(long calls, Duration after) {
        most = calls;
        renewedAfter = after;
    }

    /** Tells somebody else of each request, on the thread that makes it. */
    void tell(Runnable anotherOne) {
        listener = anotherOne;
    }

    /** How many of them were made again. */
    public long repeated() {
        return repeated.get();
    }
}
