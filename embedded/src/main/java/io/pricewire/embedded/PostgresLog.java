package io.pricewire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What Postgres prints, in {@code postgres.log}: how it started, and what went wrong. Every start appends to it; one that
 * finds more than a megabyte makes it {@code postgres.log.1}, in place of an earlier one. While the server runs nothing
 * bounds it.
 */
final class PostgresLog {

    static final long MAX_BYTES_AT_START = 1 << 20;
    private static final int LINES_AT_ITS_END = 10;

    private final Path file;
    private final long before;

    private PostgresLog(Path file, long before) {
        this.file = file;
        this.before = before;
    }

    /** The one in this folder, for a server that is going to start. */
    static PostgresLog in(Path folder) {
        Path file = folder.resolve("postgres.log");
        try {
            if (Files.exists(file) && Files.size(file) > MAX_BYTES_AT_START) {
                Files.move(file, folder.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return new PostgresLog(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres' log cannot be kept: " + file, e);
        }
    }

    ProcessBuilder.Redirect appending() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /** Its last lines of this start, and where the others are. */
    String end() {
        try (SeekableByteChannel channel = Files.newByteChannel(file).position(before)) {
            List<String> lines = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES_AT_ITS_END), lines.size());
            return "%s ends with:%n%s".formatted(file, String.join("\n", last));
        } catch (IOException e) {
            return "%s cannot be read: %s".formatted(file, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
