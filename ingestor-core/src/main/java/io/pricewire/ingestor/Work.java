package io.pricewire.ingestor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One thing to read from its beginning to its end: a poll, a file. It becomes one run. */
public interface Work {

    /** The run's id. Work that is taken up again after a crash has the id that it had before. */
    UUID runId();

    /** What started it. */
    Trigger trigger();

    /** Who asked for it; null where nobody did. */
    default @Nullable Demand demand() {
        return null;
    }

    /** What is read again; null where everything is read for the first time. */
    default @Nullable Replay replay() {
        return null;
    }

    /** What it asks of a service. */
    default Calls calls() {
        return new Calls();
    }

    /** Whether it is taken up again where it failed because its source was away; else the next begins at the beginning. */
    default boolean isResumedAfterFailure() {
        return false;
    }

    /** Whether only what has changed is to be published, and the rest when the heartbeat wants it. */
    default boolean leavesOutUnchanged() {
        return false;
    }

    /** Tells apart what has checkpoints of its own, as files have; empty where a source has only one. */
    String checkpointKey();

    /** The name of the file as its owner knows it; empty where there is none. */
    String file();

    /**
     * Reads on from a position, in batches that are each published as one transaction; completes when all is read.
     *
     * @param position the position after the last batch that was published; null to start at the beginning
     */
    Flux<Batch> read(@Nullable String position);

    /** What may start a run. */
    enum Trigger {
        SCHEDULE,
        COMMAND,
        FILE,
        BACKFILL,
        REPLAY
    }
}
