package io.pricewire.standalone;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a command writes its result: a file, which is there when all of it is and else as it was; or the standard output,
 * which then has nothing else on it: what else is printed goes to standard error until this is closed.
 */
final class Output implements AutoCloseable {

    static final String STANDARD = "-";

    private final PrintStream standard = System.out;
    private final Writer writer;
    private final Path part;
    private final Path target;

    private Output(Path target, Path part) throws IOException {
        this.target = target;
        this.part = part;
        this.writer = isStandard()
                ? new BufferedWriter(new OutputStreamWriter(standard, StandardCharsets.UTF_8))
                : Files.newBufferedWriter(part);
        if (isStandard()) {
            System.setOut(System.err);
        }
    }

    /** @throws UsageException where nothing can be written there */
    static Output to(String target) {
        Path file = Path.of(target);
        // A device or a pipe is written to; it is not replaced by a file.
        boolean isReplaced = !Files.exists(file) || Files.isRegularFile(file);
        try {
            return new Output(file, isReplaced ? file.resolveSibling(file.getFileName() + ".part") : file);
        } catch (IOException e) {
            throw new UsageException("%s cannot be written: %s".formatted(target, e.getMessage()));
        }
    }

    Writer writer() {
        return writer;
    }

    /** Says that all is written. */
    void complete() throws IOException {
        writer.flush();
        if (isFile()) {
            writer.close();
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        if (isStandard()) {
            System.setOut(standard);
        }
        if (isFile()) {
            writer.close();
            Files.deleteIfExists(part);
        }
    }

    private boolean isFile() {
        return !isStandard() && !part.equals(target);
    }

    private boolean isStandard() {
        return target.toString().equals(STANDARD);
    }
}
