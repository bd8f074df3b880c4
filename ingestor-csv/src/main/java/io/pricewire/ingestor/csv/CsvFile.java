package io.pricewire.ingestor.csv;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A file in the watched folder.
 *
 * @param path where it stands
 * @param key what it is known by; see {@link FileKey}
 * @param size in bytes
 * @param modifiedAt when it was last modified
 * @param label what its owner says of it
 */
record CsvFile(Path path, String key, long size, Instant modifiedAt, FileLabel label) {

    UUID runId() {
        return FileKey.runId(key);
    }

    /** The name by which its owner knows it. */
    String name() {
        return label.nameOf(path);
    }

    /** When all of it was true, for a file that does not say so itself. */
    Instant observedAt() {
        if (label.observedAt() != null) {
            return label.observedAt();
        }
        Instant named = TimeInName.of(name());
        return named != null ? named : label.modifiedAt() != null ? label.modifiedAt() : modifiedAt;
    }

    boolean isObservedAtAssumed() {
        return label.observedAt() == null;
    }
}
