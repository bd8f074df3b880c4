package io.pricewire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Postgres that goes on running after the JVM that started it was killed. */
final class OrphanedPostgres {

    private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final int PATIENCE_SECONDS = 20;
    private static final int CLOCK_TOLERANCE_SECONDS = 10;
    private static final int LINE_OF_THE_START = 2;

    private OrphanedPostgres() {}

    static boolean isRunning(Path data) {
        return postmaster(data).isPresent();
    }

    /**
     * Stops the server that runs on this data directory, where there is one: first politely, then, after
     * {@value #PATIENCE_SECONDS} seconds, by force; a server that is killed recovers when it starts again.
     */
    static void stop(Path data) {
        postmaster(data).ifPresent(process -> {
            log.info("stopping a Postgres that nobody looks after pid={}", process.pid());
            process.destroy();
            if (!hasEnded(process)) {
                process.destroyForcibly();
                if (!hasEnded(process)) {
                    throw new IllegalStateException(
                            "Postgres of an earlier run does not stop; end the process " + process.pid() + " by hand");
                }
            }
        });
    }

    /**
     * The lock file's first line is Postgres' process id, and its third the second in which it started: by now another
     * program may have that id, or another Postgres.
     */
    static Optional<ProcessHandle> postmaster(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() <= LINE_OF_THE_START) {
                // It is just being written.
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(OrphanedPostgres::isPostgres)
                    .filter(process -> hasStartedAt(
                            Long.parseLong(lines.get(LINE_OF_THE_START).strip()), process));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres' lock file cannot be read", e);
        }
    }

    private static boolean hasStartedAt(long epochSecond, ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Math.abs(start.getEpochSecond() - epochSecond) <= CLOCK_TOLERANCE_SECONDS)
                .orElse(true);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Postgres was stopping", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Postgres could not be waited for", e);
        }
    }
}
