package io.pricewire.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a program of this machine says, and how it ends. */
record Program(int exitCode, String output) {

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** Runs it in the project's folder, and returns when it has ended. */
    static Program run(Map<String, String> variables, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Program(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while %s ran".formatted(command), e);
        }
    }

    /** Whether this machine has it, and it does what it is asked. */
    static boolean isThere(String... command) {
        try {
            return run(Map.of(), List.of(command)).exitCode == 0;
        } catch (UncheckedIOException notFound) {
            return false;
        }
    }
}
