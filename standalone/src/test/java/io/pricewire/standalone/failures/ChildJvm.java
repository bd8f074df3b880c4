package io.pricewire.standalone.failures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A class with a {@code main} in a JVM of its own, which can be killed and started again. */
final class ChildJvm implements AutoCloseable {

    private final Class<?> main;
    private final Path log;
    private final List<String> arguments;
    private @Nullable Process process;

    ChildJvm(Class<?> main, Path log, String... arguments) {
        this.main = main;
        this.log = log;
        this.arguments = List.of(arguments);
    }

    ChildJvm start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return this;
    }

    /** {@code kill -9}. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** The last line of its log that is wanted; nothing where there is none. */
    String lastLine(Predicate<String> isWanted) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(isWanted)
                .reduce((one, other) -> other)
                .orElse("");
    }

    @Override
    public void close() {
        kill();
    }
}
