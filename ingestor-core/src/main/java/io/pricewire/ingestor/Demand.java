package io.pricewire.ingestor;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A run that somebody asks for.
 *
 * @param commandId the command, which may ask for runs of several ingestors
 * @param runId the id that the run is to have
 * @param requestedAt when it was asked for
 * @param limit the most records to publish; 0 for all
 * @param replay what is to be read again, and nothing else; null where nothing is
 * @param past what is to be read of the past, and nothing else; null where that is nothing
 */
public record Demand(
        UUID commandId,
        UUID runId,
        Instant requestedAt,
        int limit,
        @Nullable Replay replay,
        @Nullable Past past) {

    /** For what there is to read now. */
    public Demand(UUID commandId, UUID runId, Instant requestedAt, int limit) {
        this(commandId, runId, requestedAt, limit, null, null);
    }

    /** Whether it asks for what there is to read now, as others do too: one run answers them all. */
    boolean isForNow() {
        return replay == null && past == null;
    }

    /**
     * No more prices than are asked for.
     *
     * @param readBefore how many were read before these, where the run goes on
     */
    Flux<Batch> upToLimit(long readBefore, Flux<Batch> batches) {
        if (limit == 0) {
            return batches;
        }
        return limit <= readBefore ? Flux.empty() : upTo(limit - readBefore, batches);
    }

    private static Flux<Batch> upTo(long most, Flux<Batch> batches) {
        return Flux.defer(() -> {
            AtomicLong left = new AtomicLong(most);
            return batches.map(batch -> batch.upTo(left.get()))
                    .doOnNext(batch -> left.addAndGet(-batch.observed().size()))
                    .takeUntil(batch -> left.get() <= 0);
        });
    }
}
