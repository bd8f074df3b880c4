package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of others that a test runs. */
public final class Programs {

    private Programs() {}

    /** Goes on where all of these are installed; the profile {@code full} insists on them. */
    public static void need(String... programs) {
        List<String> missing = Stream.of(programs)
                .filter(program -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory, program))))
                .toList();
        if (Boolean.getBoolean("test.tools.required")) {
            assertThat(missing).as("programs that are not installed").isEmpty();
        }
        assumeThat(missing).as("programs that are not installed").isEmpty();
    }
}
