package io.pricewire.ingestor.csv;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static final Pattern TIME_IN_NAME =
            Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?:[T_ -](\\d{2})[:-]?(\\d{2})(?:[:-]?(\\d{2}))?)?");

    UUID runId() {
        return FileKey.runId(key);
    }

    /** The name by which its owner knows it. */
    String name() {
        return label.name() != null ? label.name() : path.getFileName().toString();
    }

    /** When all of it was true, for a file that does not say so itself. */
    Instant observedAt() {
        if (label.observedAt() != null) {
            return label.observedAt();
        }
        Instant named = timeInName(name());
        return named != null ? named : label.modifiedAt() != null ? label.modifiedAt() : modifiedAt;
    }

    boolean isObservedAtAssumed() {
        return label.observedAt() == null;
    }

    private static @Nullable Instant timeInName(String name) {
        Matcher found = TIME_IN_NAME.matcher(name);
        if (!found.find()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
            LocalTime time = LocalTime.of(number(found, 4), number(found, 5), number(found, 6));
            return date.atTime(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static int number(Matcher found, int group) {
        return found.group(group) == null ? 0 : Integer.parseInt(found.group(group));
    }
}
