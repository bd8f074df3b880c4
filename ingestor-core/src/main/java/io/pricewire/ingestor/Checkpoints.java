package io.pricewire.ingestor;

import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How far this ingestor has come, as of its last transaction. */
public final class Checkpoints {

    private final Map<String, Checkpoint> byKey = new ConcurrentHashMap<>();

    Checkpoints() {}

    /** Whether the work with this checkpoint key has been read to its end, or as far as it can ever be read. */
    public boolean isFinished(String checkpointKey) {
        Checkpoint checkpoint = byKey.get(checkpointKey);
        return checkpoint != null && checkpoint.getFinished();
    }

    void put(Checkpoint checkpoint) {
        byKey.put(checkpoint.getFile(), checkpoint);
    }

    /** The run that has not been brought to its end; null where there is none. */
    @Nullable IngestRun unfinishedRun(String checkpointKey) {
        Checkpoint checkpoint = byKey.get(checkpointKey);
        return checkpoint == null || checkpoint.getFinished() ? null : checkpoint.getRun();
    }

    /** The checkpoint of a run that has come to its end without us; it is the newest from now on. */
    Checkpoint finished(String checkpointKey, IngestRun run) {
        Checkpoint before = byKey.getOrDefault(checkpointKey, Checkpoint.getDefaultInstance());
        Checkpoint checkpoint = Checkpoint.newBuilder()
                .setIngestor(run.getIngestor())
                .setFile(checkpointKey)
                .setRun(run)
                .setFinished(true)
                .setUpdatedAt(run.getFinishedAt())
                .setMonth(before.getMonth())
                .setCallsInMonth(before.getCallsInMonth())
                .build();
        put(checkpoint);
        return checkpoint;
    }

    /** How many requests were made in a month. Each run counts on from all before it, so that the greatest has all. */
    long callsIn(String month) {
        return byKey.values().stream()
                .filter(checkpoint -> checkpoint.getMonth().equals(month))
                .mapToLong(Checkpoint::getCallsInMonth)
                .max()
                .orElse(0);
    }

    /** What the source wanted to be known; empty where that is nothing. */
    String memory(String checkpointKey) {
        Checkpoint checkpoint = byKey.get(checkpointKey);
        return checkpoint == null ? "" : checkpoint.getMemory();
    }

    /** Until when the source asked to be left alone; the epoch where it did not. */
    Instant leftAloneUntil() {
        return byKey.values().stream()
                .map(Checkpoint::getLeftAloneUntil)
                .map(Checkpoints::instant)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** The checkpoint that an earlier attempt at this run left behind; null where there is none. */
    @Nullable Checkpoint unfinished(Work work) {
        Checkpoint checkpoint = byKey.get(work.checkpointKey());
        return checkpoint != null
                        && !checkpoint.getFinished()
                        && checkpoint.getRun().getRunId().equals(work.runId().toString())
                ? checkpoint
                : null;
    }
}
