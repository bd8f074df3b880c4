package io.pricewire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a server in a process of its own prints, in a file that every start appends to. */
final class ServerLog {

    private static final String NAME = "postgres.log";
    private static final long MAX_BYTES_AT_START = 1 << 20;
    private static final int LINES_AT_ITS_END = 10;

    private final Path file;

    private ServerLog(Path file) {
        this.file = file;
    }

    /** The one in this folder; the file begins anew where it has become long. */
    static ServerLog in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (Files.exists(file) && Files.size(file) > MAX_BYTES_AT_START) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for Postgres' data cannot be written to: " + folder, e);
        }
        return new ServerLog(file);
    }

    ProcessBuilder.Redirect appending() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /** Its last lines, and where the others are. */
    String end() {
        try {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES_AT_ITS_END), lines.size());
            return "%s ends with:\n%s".formatted(file, String.join("\n", last));
        } catch (IOException e) {
            return "%s cannot be read: %s".formatted(file, e);
        }
    }
}
