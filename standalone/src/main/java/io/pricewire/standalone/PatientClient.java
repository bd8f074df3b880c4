package io.pricewire.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running instance, again and again while it cannot answer: its database is away, or it has too much to do. Gives
 * up when the instance has ended, or after {@link #PATIENCE} without an answer.
 */
final class PatientClient {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ApiClient api;
    private final BooleanSupplier isRunning;
    private final InstantSource clock;
    private final Duration pause;

    PatientClient(ApiClient api, BooleanSupplier isRunning, InstantSource clock, Duration pause) {
        this.api = api;
        this.isRunning = isRunning;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * For the instance that keeps its data in this folder.
     *
     * @param url of its API
     * @param key its own
     */
    static PatientClient of(String url, String key, Path folder) {
        return new PatientClient(new ApiClient(url, key), () -> InstanceLock.isHeld(folder), Clock.systemUTC(), PAUSE);
    }

    /**
     * For one that runs in other places: who cannot be reached may come back.
     *
     * @param key with which it may be read; empty for none
     */
    static PatientClient of(String url, String key) {
        return new PatientClient(new ApiClient(url, key), () -> true, Clock.systemUTC(), PAUSE);
    }

    /** The run; null where there is none of this id yet. */
    @Nullable RunStatus run(UUID id) throws InterruptedException {
        return ask(() -> api.run(id));
    }

    /** The latest runs of an ingestor. */
    List<ApiClient.ListedRun> runs(String ingestor) throws InterruptedException {
        return ask(() -> api.runs(ingestor));
    }

    private <T extends @Nullable Object> T ask(Question<T> question) throws InterruptedException {
        Instant first = clock.instant();
        while (true) {
            try {
                return question.ask();
            } catch (IOException e) {
                requireRunning();
                requirePatience(first, e);
            }
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }

    private void requireRunning() {
        if (!isRunning.getAsBoolean()) {
            throw new UsageException(
                    "the Pricewire that was asked has ended; what it had not finished goes on when it is"
                            + " started again");
        }
    }

    private void requirePatience(Instant first, IOException last) {
        if (Duration.between(first, clock.instant()).compareTo(PATIENCE) > 0) {
            throw new UsageException("the running Pricewire has not answered for %d minutes, at last: %s"
                    .formatted(PATIENCE.toMinutes(), last));
        }
    }

    @FunctionalInterface
    private interface Question<T extends @Nullable Object> {
        T ask() throws IOException, InterruptedException;
    }
}
