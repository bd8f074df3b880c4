package io.pricewire.query.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The runs that this instance asked for last, for as long as the normalizer has not written them down. Bounded: the oldest
 * go first. Thread-safe.
 */
public final class RequestedRuns {

    private static final int MOST = 1_000;

    private final Map<UUID, RunView> runs = new LinkedHashMap<>();

    public synchronized void add(RunView run) {
        runs.put(run.runId(), run);
        if (runs.size() > MOST) {
            runs.remove(runs.keySet().iterator().next());
        }
    }

    synchronized @Nullable RunView find(UUID runId) {
        return runs.get(runId);
    }
}
