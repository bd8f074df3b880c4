package io.pricewire.ingestor;

import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import io.pricewire.proto.v1.TopicPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a run so far. It counts a batch when the batch is about to be published, in the transaction that
 * publishes it: {@code seen = published + unchanged + refused} holds in every report. Used by one run at a time.
 */
final class RunReport {

    private final IngestRun.Builder run;
    private final Calls calls;
    private final long callsBefore;
    private final long retriesBefore;

    private RunReport(IngestRun.Builder run, Calls calls) {
        this.run = run;
        this.calls = calls;
        this.callsBefore = run.getCalls();
        this.retriesBefore = run.getRetries();
    }

    /** A run that starts; one that goes on where it was interrupted keeps its start and its counts. */
    static RunReport start(String ingestor, Work work, @Nullable Checkpoint unfinished, Instant now) {
        if (unfinished != null) {
            return new RunReport(
                    unfinished.getRun().toBuilder()
                            .setStatus(RunStatus.RUN_STATUS_RUNNING)
                            .clearError()
                            .clearFinishedAt()
                            .clearNextRunAt(),
                    work.calls());
        }
        IngestRun.Builder run = IngestRun.newBuilder()
                .setRunId(work.runId().toString())
                .setIngestor(ingestor)
                .setStatus(RunStatus.RUN_STATUS_RUNNING)
                .setTrigger(trigger(work.trigger()))
                .setFile(work.file())
                .setStartedAt(IngestEvents.timestamp(now));
        Demand demand = work.demand();
        return new RunReport(demand == null ? run : describe(run, demand), work.calls());
    }

    /** What is said of a run that was asked for while this one was under way. */
    IngestRun joined(Demand demand, Instant now) {
        return answered(run.getIngestor(), demand, now)
                .setStatus(RunStatus.RUN_STATUS_JOINED)
                .setJoinedRunId(run.getRunId())
                .build();
    }

    /** What is said of a run that was asked for while the source is to be left alone. */
    static IngestRun declined(
            String ingestor, Demand demand, String reason, MonthOfCalls month, Instant next, Instant now) {
        IngestRun.Builder run = answered(ingestor, demand, now)
                .setStatus(RunStatus.RUN_STATUS_FAILURE)
                .setError(reason)
                .setNextRunAt(IngestEvents.timestamp(next));
        return (month.isBounded() ? run.setBudgetLeft(month.left(0)) : run).build();
    }

    /** What is said of a run that nobody can go on with. */
    static IngestRun abandoned(IngestRun run, Instant now) {
        return run.toBuilder()
                .setStatus(RunStatus.RUN_STATUS_FAILURE)
                .setError("it was interrupted, and is not gone on with; ask for it again")
                .setFinishedAt(IngestEvents.timestamp(now))
                .setRevision(run.getRevision() + 1)
                .build();
    }

    /** A run that was asked for, and ends before anything is read. */
    private static IngestRun.Builder answered(String ingestor, Demand demand, Instant now) {
        return describe(IngestRun.newBuilder(), demand)
                .setRunId(demand.runId().toString())
                .setIngestor(ingestor)
                .setTrigger(demand.past() == null ? RunTrigger.RUN_TRIGGER_COMMAND : RunTrigger.RUN_TRIGGER_BACKFILL)
                .setStartedAt(IngestEvents.timestamp(now))
                .setFinishedAt(IngestEvents.timestamp(now))
                .setRevision(1);
    }

    private static IngestRun.Builder describe(IngestRun.Builder run, Demand demand) {
        return run.setCommandId(demand.commandId().toString())
                .setRequestedAt(IngestEvents.timestamp(demand.requestedAt()))
                .setLimit(demand.limit());
    }

    IngestRun current() {
        return run.build();
    }

    IngestRun next() {
        return run.setRevision(run.getRevision() + 1)
                .setCalls(callsBefore + calls.made())
                .setRetries(retriesBefore + calls.repeated())
                .build();
    }

    /** @param leftOut how many records more were read, and had not changed */
    void add(Batch batch, int leftOut, List<TopicPosition> ends) {
        run.setSeen(run.getSeen() + batch.observed().size() + batch.refused().size() + leftOut)
                .setPublished(run.getPublished() + batch.observed().size())
                .setUnchanged(run.getUnchanged() + leftOut)
                .setRefused(run.getRefused() + batch.refused().size())
                .setSize(batch.size())
                .setProgress(batch.progress());
        for (TopicPosition end : ends) {
            setEnd(end);
        }
    }

    void succeed(Instant now) {
        run.setStatus(run.getRefused() == 0 ? RunStatus.RUN_STATUS_SUCCESS : RunStatus.RUN_STATUS_PARTIAL)
                .setFinishedAt(IngestEvents.timestamp(now));
    }

    void fail(String error, Instant now) {
        run.setStatus(RunStatus.RUN_STATUS_FAILURE).setError(error).setFinishedAt(IngestEvents.timestamp(now));
    }

    void budgetLeft(long calls) {
        run.setBudgetLeft(calls);
    }

    /** Says when the next run is due. */
    void nextAt(Instant time) {
        run.setNextRunAt(IngestEvents.timestamp(time));
    }

    private void setEnd(TopicPosition end) {
        List<TopicPosition> others = new ArrayList<>(run.getEndsList());
        others.removeIf(other -> other.getTopic().equals(end.getTopic()) && other.getPartition() == end.getPartition());
        run.clearEnds().addAllEnds(others).addEnds(end);
    }

    private static RunTrigger trigger(Work.Trigger trigger) {
        return switch (trigger) {
            case SCHEDULE -> RunTrigger.RUN_TRIGGER_SCHEDULE;
            case COMMAND -> RunTrigger.RUN_TRIGGER_COMMAND;
            case FILE -> RunTrigger.RUN_TRIGGER_FILE;
            case BACKFILL -> RunTrigger.RUN_TRIGGER_BACKFILL;
            case REPLAY -> RunTrigger.RUN_TRIGGER_REPLAY;
        };
    }
}
