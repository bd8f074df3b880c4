package io.pricewire.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a server that may take long to recover, without waiting for one that has ended, as the library does. */
final class WatchedStart {

    private static final int GONE_SECONDS = 10;

    private WatchedStart() {}

    /**
     * Returns when the server answers; or when there has been none for {@value #GONE_SECONDS} seconds, so that the first
     * connection fails.
     *
     * @param data where it is kept
     * @throws IOException where it could not be started, or did not answer within the builder's time
     */
    static EmbeddedPostgres of(EmbeddedPostgres.Builder builder, Path data) throws IOException {
        var start = new FutureTask<>(builder::start);
        Thread thread = Thread.ofPlatform().name("postgres-start").daemon().start(start);
        int gone = 0;
        while (true) {
            try {
                return start.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                // The library's lock is there when the folder is prepared.
                boolean isThere = !Files.exists(data.resolve("epg-lock")) || OrphanedPostgres.isRunning(data);
                gone = isThere ? 0 : gone + 1;
                if (gone == GONE_SECONDS) {
                    // It then waits no longer, and says nothing of it.
                    thread.interrupt();
                }
            } catch (ExecutionException e) {
                throw new IOException(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while Postgres was starting", e);
            }
        }
    }
}
