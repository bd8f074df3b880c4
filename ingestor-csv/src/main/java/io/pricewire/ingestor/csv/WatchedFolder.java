package io.pricewire.ingestor.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CSV files in a folder. A file that is still being written is left out: one that was modified a moment ago, unless
 * a label beside it says that it is complete. Hidden files and those with other endings than {@code .csv} do not count.
 * Not thread-safe.
 */
final class WatchedFolder {

    private static final Logger log = LoggerFactory.getLogger(WatchedFolder.class);

    private final Path folder;
    private final Duration settleTime;
    private final Clock clock;
    private Map<Path, CsvFile> known = new HashMap<>();

    WatchedFolder(Path folder, Duration settleTime, Clock clock) {
        this.folder = folder;
        this.settleTime = settleTime;
        this.clock = clock;
    }

    /** The files that can be read now, in the order of their names. A file is hashed again only when it has changed. */
    List<CsvFile> files() throws IOException {
        Files.createDirectories(folder);
        Map<Path, CsvFile> found = new HashMap<>();
        List<CsvFile> files = new ArrayList<>();
        for (Path path : candidates()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile() && isComplete(path, attributes)) {
                    CsvFile file = describe(path, attributes);
                    found.put(path, file);
                    files.add(file);
                }
            } catch (IOException e) {
                log.warn("file cannot be read file={} reason={}", path.getFileName(), e.toString());
            }
        }
        known = found;
        return files;
    }

    private List<Path> candidates() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(WatchedFolder::isCsv).sorted().toList();
        }
    }

    private static boolean isCsv(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") && !name.startsWith(".");
    }

    private boolean isComplete(Path path, BasicFileAttributes attributes) {
        Instant settled = attributes.lastModifiedTime().toInstant().plus(settleTime);
        return settled.isBefore(clock.instant()) || Files.exists(FileLabel.pathFor(path));
    }

    private CsvFile describe(Path path, BasicFileAttributes attributes) throws IOException {
        Instant modifiedAt = attributes.lastModifiedTime().toInstant();
        FileLabel label = FileLabel.of(path);
        CsvFile before = known.get(path);
        if (before != null
                && before.size() == attributes.size()
                && before.modifiedAt().equals(modifiedAt)
                && before.label().equals(label)) {
            return before;
        }
        String name = label.nameOf(path);
        return new CsvFile(path, FileKey.of(path, name, label), attributes.size(), modifiedAt, label);
    }
}
