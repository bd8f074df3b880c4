package io.pricewire.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures a process from the first row that it commits until it is done. */
final class Watch {

    private static final int POLL_MILLISECONDS = 50;
    private static final Duration UNTIL_FIRST = Duration.ofMinutes(1);
    private static final Duration UNTIL_DONE = Duration.ofMinutes(10);

    private Watch() {}

    /** How far it is. */
    interface Progress {

        /** Whether it has come at least so far in each partition. */
        boolean hasReached(RawTopic.Reached reached) throws Exception;

        /** How many rows it has written. Where it is ahead in some partitions these are more than it has reached. */
        long rows() throws Exception;
    }

    /** @param rows how many it is going to write */
    static Throughput of(
            MeasuredProcess process, ProcessHandle postmaster, long rows, Progress progress, RawTopic topic)
            throws Exception {
        await(process, UNTIL_FIRST, () -> progress.rows() > 0);
        Moment start = Moment.of(process, postmaster);
        await(process, UNTIL_DONE, () -> progress.hasReached(topic.warmUp()));
        Moment warm = Moment.of(process, postmaster);
        long before = progress.rows();
        await(process, UNTIL_DONE, () -> progress.hasReached(topic.all()));
        Moment end = Moment.of(process, postmaster);
        return new Throughput(warm.since(start, before), end.since(warm, rows - before));
    }

    private static void await(MeasuredProcess process, Duration patience, Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw process.failure("it takes longer than " + patience);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        }
    }

    private record Moment(long nanos, Usage usage) {

        static Moment of(MeasuredProcess process, ProcessHandle postmaster) {
            return new Moment(System.nanoTime(), Usage.of(process.handle(), postmaster));
        }

        Throughput.Part since(Moment earlier, long rows) {
            return new Throughput.Part(rows, Duration.ofNanos(nanos - earlier.nanos), usage.since(earlier.usage));
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }
}
