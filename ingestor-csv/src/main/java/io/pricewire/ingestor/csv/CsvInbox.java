package io.pricewire.ingestor.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Puts files into the watched folder: under a name made of their content, so that the same file is there once; first under
 * a name that does not count, so that nobody reads half of it; and with a label that says what it was called before. Not
 * thread-safe.
 */
public final class CsvInbox {

    private final Path folder;
    private final WatchedFolder files;
    private final Map<UUID, Path> copies = new HashMap<>();

    /** @param folder the watched folder; made where it is missing */
    public CsvInbox(Path folder) {
        this.folder = folder;
        this.files = new WatchedFolder(folder, Duration.ZERO, Clock.systemUTC());
    }

    /** The ids of the runs that read the files that are in the folder now, or that have read them already. */
    public List<UUID> runs() throws IOException {
        return files.files().stream().map(CsvFile::runId).distinct().toList();
    }

    /**
     * Copies a file.
     *
     * @param label what is known of the file; its name and modification time are filled in
     * @return the id of the run that reads it, or that has read it already
     */
    public UUID put(Path file, FileLabel label) throws IOException {
        Files.createDirectories(folder);
        FileLabel complete = new FileLabel(
                file.getFileName().toString(),
                Files.getLastModifiedTime(file).toInstant(),
                label.source(),
                label.observedAt(),
                label.reading());
        Path copying = Files.createTempFile(folder, ".", ".copying");
        try {
            Files.copy(file, copying, StandardCopyOption.REPLACE_EXISTING);
            String key = FileKey.of(copying, file.getFileName().toString(), complete);
            Path target = folder.resolve(key + ".csv");
            complete.writeFor(target);
            Files.move(copying, target, StandardCopyOption.ATOMIC_MOVE);
            UUID run = FileKey.runId(key);
            copies.put(run, target);
            return run;
        } finally {
            Files.deleteIfExists(copying);
        }
    }

    /** Deletes the copy that this run has read, if it was put here by this one; nobody reads it again. */
    public void remove(UUID run) throws IOException {
        Path copy = copies.remove(run);
        if (copy != null) {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(FileLabel.pathFor(copy));
        }
    }
}
