package io.pricewire.ingestor;

import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One poll of a source. */
final class Poll implements Work {

    /** A polled source has one checkpoint. */
    static final String CHECKPOINT = "";

    private final PolledSource source;
    private final UUID runId;
    private final @Nullable Demand demand;
    private final long readBefore;
    private final String memory;
    private final Calls calls = new Calls();

    private Poll(PolledSource source, UUID runId, @Nullable Demand demand, long readBefore, Checkpoints checkpoints) {
        this.source = source;
        this.runId = runId;
        this.demand = demand;
        this.readBefore = readBefore;
        this.memory = checkpoints.memory(CHECKPOINT);
    }

    static Poll scheduled(PolledSource source, UUID runId, Checkpoints checkpoints) {
        return new Poll(source, runId, null, 0, checkpoints);
    }

    static Poll demanded(PolledSource source, Demand demand, Checkpoints checkpoints) {
        return new Poll(source, demand.runId(), demand, 0, checkpoints);
    }

    /** The poll that an earlier leader did not bring to its end; null where there is none. */
    static @Nullable Poll interrupted(PolledSource source, Checkpoints checkpoints) {
        IngestRun run = checkpoints.unfinishedRun(CHECKPOINT);
        if (run == null) {
            return null;
        }
        UUID runId = UUID.fromString(run.getRunId());
        if (run.getTrigger() != RunTrigger.RUN_TRIGGER_COMMAND) {
            return scheduled(source, runId, checkpoints);
        }
        Demand demand = new Demand(
                UUID.fromString(run.getCommandId()),
                runId,
                Instant.ofEpochSecond(run.getRequestedAt().getSeconds()),
                run.getLimit());
        return new Poll(source, runId, demand, run.getPublished() + run.getUnchanged(), checkpoints);
    }

    @Override
    public UUID runId() {
        return runId;
    }

    @Override
    public Trigger trigger() {
        return demand == null ? Trigger.SCHEDULE : Trigger.COMMAND;
    }

    @Override
    public @Nullable Demand demand() {
        return demand;
    }

    @Override
    public String checkpointKey() {
        return CHECKPOINT;
    }

    /** What has not changed since the last poll is not said again. */
    @Override
    public boolean leavesOutUnchanged() {
        return true;
    }

    @Override
    public String file() {
        return "";
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public Flux<Batch> read(@Nullable String position) {
        Flux<Batch> batches = source.poll(position, memory, calls);
        return demand == null ? batches : demand.upToLimit(readBefore, batches);
    }
}
