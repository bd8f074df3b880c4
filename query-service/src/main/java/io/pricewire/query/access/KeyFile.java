package io.pricewire.query.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Keys that stand in a file, where there is one; it is looked at every two seconds. One that cannot be read changes nothing. */
final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long LARGEST = 1024 * 1024;

    private final @Nullable Path file;
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private volatile String text;
    private volatile Keys keys;

    /**
     * @param name of the file; empty for none
     * @throws IllegalArgumentException where it cannot be read now
     */
    KeyFile(String name) {
        try {
            this.file = name.isEmpty() ? null : Path.of(name);
            this.text = file == null ? "" : read(file);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("API_KEYS_FILE is %s, which cannot be read: %s".formatted(name, e), e);
        }
        this.keys = Keys.parse(text, "API_KEYS_FILE");
    }

    Keys keys() {
        return keys;
    }

    /** Watches until {@link #stop}. */
    Mono<Void> watch() {
        return file == null
                ? Mono.empty()
                : Flux.interval(PAUSE, Schedulers.boundedElastic())
                        .onBackpressureDrop()
                        .doOnNext(tick -> refresh(file))
                        .takeUntilOther(stopped.asMono())
                        .then();
    }

    void stop() {
        stopped.tryEmitEmpty();
    }

    private void refresh(Path path) {
        try {
            String now = read(path);
            if (!now.equals(text)) {
                text = now;
                keys = Keys.parse(now, "API_KEYS_FILE");
                log.info(
                        "keys are read anew file={} keys={}", path, keys.roles().size());
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn("keys stay as they were file={} reason={}", path, e.getMessage());
        }
    }

    private static String read(Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException("it has more than %d bytes".formatted(LARGEST));
        }
        return Files.readString(path);
    }
}
