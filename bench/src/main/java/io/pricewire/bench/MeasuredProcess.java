package io.pricewire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process whose work is measured; stopped when it is closed. */
final class MeasuredProcess implements AutoCloseable {

    /**
     * The same for all that are compared, as far as they let it be chosen. The young generation is large, so that little of what
     * the batches in flight hold is copied.
     */
    static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g", "-Xmn1400m", "-XX:+UseParallelGC");

    /** What this program's own classes need, too. */
    private static final List<String> NATIVE =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final int PATIENCE_SECONDS = 40;
    private static final int LINES_SHOWN = 60;

    private final Process process;
    private final Path log;

    private MeasuredProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a class of this program's class path in a JVM of its own, with these environment variables. */
    static MeasuredProcess java(
            String mainClass, List<String> options, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.addAll(NATIVE);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return start(command, environment, log);
    }

    static MeasuredProcess start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new MeasuredProcess(builder.start(), log);
    }

    static String jvm() {
        return String.join(" ", HEAP);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw failure("what is measured has ended by itself");
        }
    }

    /** With the last that the process wrote. */
    IOException failure(String message) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return new IOException("%s; it wrote:%n%s"
                .formatted(
                        message,
                        String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()))));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
