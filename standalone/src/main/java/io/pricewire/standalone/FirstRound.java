package io.pricewire.standalone;

import io.pricewire.ingestor.csv.CsvInbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the ingestors read first after a start: of one that polls its first run, of the CSV files those that are there.
 * It is awaited until the normalizer has passed all of it, and then said in a line for each ingestor.
 */
final class FirstRound {

    private static final int POLL_MILLISECONDS = 500;

    private final PatientClient api;
    private final Instant start;

    FirstRound(PatientClient api, Instant start) {
        this.api = api;
        this.start = start;
    }

    /** Returns whether no file failed. */
    boolean awaitFiles(CsvInbox inbox) throws IOException, InterruptedException {
        while (true) {
            List<RunStatus> runs = complete(inbox.runs());
            if (runs != null) {
                return report("csv", runs.stream().filter(this::isNew).toList());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        }
    }

    /** Returns whether the first poll did not fail. */
    boolean awaitPoll(String ingestor) throws InterruptedException {
        while (true) {
            List<UUID> ended = api.runs(ingestor).stream()
                    .filter(run -> isNew(run.finishedAt()))
                    .map(ApiClient.ListedRun::runId)
                    .toList();
            List<RunStatus> runs = complete(ended);
            if (runs != null && !runs.isEmpty()) {
                return report(ingestor, runs);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        }
    }

    /** Null while one of them is not. */
    private @Nullable List<RunStatus> complete(List<UUID> ids) throws InterruptedException {
        List<RunStatus> runs = new ArrayList<>();
        for (UUID id : ids) {
            RunStatus run = api.run(id);
            if (run == null || !run.isComplete()) {
                return null;
            }
            runs.add(run);
        }
        return runs;
    }

    private boolean isNew(RunStatus run) {
        return isNew(run.finishedAt());
    }

    /** A run that was interrupted goes on after a start, and so is new only by its end. */
    private boolean isNew(@Nullable Instant finishedAt) {
        return finishedAt != null && !finishedAt.isBefore(start);
    }

    private static boolean report(String ingestor, List<RunStatus> runs) {
        List<RunStatus> failures = runs.stream().filter(RunStatus::isFailure).toList();
        failures.forEach(run -> System.out.printf("%s: %s%n", ingestor, run.error()));
        System.out.printf(
                "%s: runs %d, failed %d, loaded %d, unchanged %d, quarantined %d%n",
                ingestor,
                runs.size(),
                failures.size(),
                runs.stream().mapToLong(run -> run.outcome().loaded()).sum(),
                runs.stream().mapToLong(run -> run.outcome().unchanged()).sum(),
                runs.stream().mapToLong(run -> run.outcome().quarantined()).sum());
        return failures.isEmpty();
    }
}
