package io.pricewire.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.standalone.PricewireProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The README's commands do what it says, and print what it shows. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReadmeIT {

    private static final String START = "./pricewire";
    private static final String TEST = "./mvnw verify";
    private static final String FOLLOWING = "curl -sN ";

    @TempDir
    Path folder;

    @Test
    void showsWhatItsCommandsPrint() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("../samples"), folder.resolve("samples"));
        List<Process> following = new ArrayList<>();
        try (PricewireProcess pricewire = new PricewireProcess(folder)) {
            @Nullable Path output = null;
            int shown = 0;
            for (Markdown.Block block : Markdown.blocks("README.md")) {
                if (block.isShell()) {
                    output = run(block, pricewire, following);
                } else if (output != null && !block.language().equals("js")) {
                    awaitShown(block, output, pricewire);
                    shown++;
                }
            }
            assertThat(shown).as("outputs that the README shows").isEqualTo(3);
        } finally {
            following.forEach(Process::destroy);
        }
    }

    /** Runs the commands, and returns where the output of the first of them goes. */
    private Path run(Markdown.Block block, PricewireProcess pricewire, List<Process> following)
            throws IOException, InterruptedException {
        List<Path> outputs = new ArrayList<>();
        for (String command : block.commands()) {
            Path output = Files.createTempFile(folder, "command", ".log");
            if (command.equals(START)) {
                pricewire.start();
                output = folder.resolve("run.log");
                await().atMost(PricewireProcess.PATIENCE)
                        .until(() ->
                                pricewire.json("/api/v1/prices").get("total").asInt() > 0);
            } else if (command.startsWith(FOLLOWING)) {
                following.add(pricewire.shell(command, output));
                Path stream = output;
                await().atMost(PricewireProcess.PATIENCE).until(() -> Files.size(stream) > 0);
            } else if (!command.equals(TEST)) {
                int status = pricewire.shell(command, output).waitFor();
                assertThat(status).as(command + ": " + Files.readString(output)).isZero();
            }
            outputs.add(output);
        }
        return outputs.getFirst();
    }

    private static void awaitShown(Markdown.Block block, Path output, PricewireProcess pricewire) {
        await().atMost(PricewireProcess.PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(output))
                        .containsSubsequence(block.fragments().stream()
                                .map(pricewire::withItsPorts)
                                .toList()));
    }
}
