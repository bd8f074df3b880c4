package io.pricewire.query.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A few threads that look after all clients, each after its own. When something is new each thread goes through its
 * clients once, however many events came meanwhile: the busier it is, the more events go into one write.
 */
final class ClientLoops implements AutoCloseable {

    private final Loop[] loops;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile boolean isEnding;

    ClientLoops(int threads, Duration heartbeat) {
        this.loops = Stream.generate(() -> new Loop(heartbeat)).limit(threads).toArray(Loop[]::new);
    }

    void add(StreamClient<?> client) {
        Loop loop = loops[Math.floorMod(next.getAndIncrement(), loops.length)];
        clients.incrementAndGet();
        loop.clients.add(client);
        client.start(() -> loop.scheduler.schedule(client::offer), () -> {
            if (loop.clients.remove(client)) {
                clients.decrementAndGet();
            }
        });
        if (isEnding) {
            loop.scheduler.schedule(client::end);
        }
    }

    int clients() {
        return clients.get();
    }

    void wakeAll() {
        for (Loop loop : loops) {
            loop.wake();
        }
    }

    /** Ends every stream, so that its client connects again. */
    void endAll() {
        for (Loop loop : loops) {
            loop.scheduler.schedule(() -> loop.clients.forEach(StreamClient::end));
        }
    }

    /** Ends every stream, those too that are yet to come, so that the clients connect to another instance. */
    void endForGood() {
        isEnding = true;
        endAll();
    }

    @Override
    public void close() {
        for (Loop loop : loops) {
            loop.scheduler.dispose();
        }
    }

    private static final class Loop {

        private final Scheduler scheduler = Schedulers.newSingle("stream", true);
        private final Set<StreamClient<?>> clients = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean isAwake = new AtomicBoolean();

        Loop(Duration heartbeat) {
            long period = heartbeat.toMillis();
            scheduler.schedulePeriodically(
                    () -> clients.forEach(StreamClient::heartbeat), period, period, TimeUnit.MILLISECONDS);
        }

        void wake() {
            if (isAwake.compareAndSet(false, true)) {
                scheduler.schedule(() -> {
                    isAwake.set(false);
                    clients.forEach(StreamClient::offer);
                });
            }
        }
    }
}
