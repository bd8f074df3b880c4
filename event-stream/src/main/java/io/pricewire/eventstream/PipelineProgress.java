package io.pricewire.eventstream;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * How far a pipeline is behind, as far as its instance knows: of partitions that others have it knows nothing, and while
 * the broker is away it knows what it knew before. May be read by any thread at any time.
 */
public final class PipelineProgress {

    private final Queue<Fetched> fetched = new ConcurrentLinkedQueue<>();
    private final AtomicLong inHand = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private volatile long notFetched;

    PipelineProgress() {}

    /** How many records are on its partitions that it has not committed; 0 where it has done all that there was. */
    public long recordsBehind() {
        return notFetched + inHand.get();
    }

    /** When the oldest record was published that it has fetched and not committed; null where there is none. */
    public @Nullable Instant oldestInHand() {
        Fetched oldest = fetched.peek();
        return oldest == null ? null : oldest.publishedAt;
    }

    /** How often it has failed and begun again. */
    public long restarts() {
        return restarts.get();
    }

    /** It is another member of its group now, and reads its partitions from what is committed: nothing is in hand. */
    void reassigned() {
        fetched.clear();
        inHand.set(0);
    }

    /**
     * What is taken up counts twice for a moment, and at no moment not at all.
     *
     * @param notFetched how many records of its partitions come after these
     */
    void polled(ConsumerRecords<byte[], byte[]> records, long notFetched) {
        if (!records.isEmpty()) {
            long oldest = Long.MAX_VALUE;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                oldest = Math.min(oldest, record.timestamp());
            }
            fetched.add(new Fetched(records.count(), Instant.ofEpochMilli(oldest)));
            inHand.addAndGet(records.count());
        }
        this.notFetched = notFetched;
    }

    /**
     * What was fetched first is committed.
     *
     * @param polls how many of them
     */
    void committed(int polls) {
        for (int i = 0; i < polls; i++) {
            Fetched first = fetched.poll();
            if (first != null) {
                inHand.addAndGet(-first.records);
            }
        }
    }

    /** A consumer begins, with nothing in hand. */
    void begins() {
        reassigned();
        notFetched = 0;
    }

    /** It has failed, and begins again. */
    void restarted() {
        restarts.incrementAndGet();
    }

    /** What one poll returned. */
    private record Fetched(int records, Instant publishedAt) {}
}
