package io.pricewire.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's programs decode these messages: the files are linted, and compared with those that were published. */
class ContractOfMessagesTest {

    private static final Path BUF = Path.of("target/buf").toAbsolutePath();
    private static final Path PUBLISHED = Path.of("published.json").toAbsolutePath();

    @TempDir
    Path copy;

    @BeforeAll
    static void makeExecutable() {
        assertThat(BUF.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void followsTheStandardRulesOfStyle() throws Exception {
        assertThat(buf(Path.of("."), "lint")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void breaksNothingThatWasPublished() throws Exception {
        assertThat(buf(Path.of("."), "breaking", "--against", PUBLISHED.toString()))
                .isEqualTo(new Outcome(0, ""));
    }

    @Test
    void reportsAFieldThatWasRenumbered() throws Exception {
        copyWith("string quote = 5;", "string quote = 55;");

        Outcome outcome = buf(copy, "breaking", "--against", PUBLISHED.toString());

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output()).contains("\"5\"").contains("PriceObserved");
    }

    @Test
    void reportsAFieldThatWasRetyped() throws Exception {
        copyWith("string digits = 1;", "double digits = 1;");

        Outcome outcome = buf(copy, "breaking", "--against", PUBLISHED.toString());

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output()).contains("\"double\"");
    }

    private void copyWith(String original, String replacement) throws IOException {
        Path folder = Files.createDirectories(copy.resolve("src/main/proto/pricewire/v1"));
        Files.copy(Path.of("buf.yaml"), copy.resolve("buf.yaml"));
        boolean replaced = false;
        for (String name : List.of("price.proto", "rejection.proto", "ingest.proto")) {
            String text = Files.readString(Path.of("src/main/proto/pricewire/v1", name));
            replaced |= text.contains(original);
            Files.writeString(folder.resolve(name), text.replace(original, replacement));
        }
        assertThat(replaced).as("the files contain %s", original).isTrue();
    }

    private Outcome buf(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BUF.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", copy.resolve("cache").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private record Outcome(int status, String output) {}
}
