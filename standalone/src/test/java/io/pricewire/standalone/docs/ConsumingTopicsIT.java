package io.pricewire.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.standalone.PricewireProcess;
import io.pricewire.standalone.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The consumers that the document shows read what the sample's load has published. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConsumingTopicsIT {

    private static final String DOCUMENT = "docs/consuming-topics.md";
    private static final String MESSAGES = "proto/src/main/proto";
    private static final String BAR = "bitcoin csv-kaggle 34235.19 USD";

    @TempDir
    static Path folder;

    private static PricewireProcess pricewire;

    @BeforeAll
    static void start() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("..", MESSAGES), folder.resolve(MESSAGES));
        pricewire = new PricewireProcess(folder).start();
        await().atMost(PricewireProcess.PATIENCE)
                .until(() -> pricewire.json("/api/v1/prices").get("total").asInt() == 6);
    }

    @AfterAll
    static void stop() throws IOException {
        pricewire.close();
    }

    @Test
    void aJavaConsumerPrintsPrices() throws Exception {
        Path source = Files.writeString(folder.resolve("PrintPrices.java"), block("java", "class PrintPrices"));
        String classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString()))
                .isZero();

        Path output = folder.resolve("java.log");
        Process consumer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + classPath,
                        "PrintPrices",
                        pricewire.kafka())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(PricewireProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readAllLines(output)).contains(BAR));
        } finally {
            consumer.destroy();
        }
    }

    @Test
    void kcatPrintsKeysAndHeaders() throws Exception {
        Programs.need("kcat");
        assertThat(shell(block("sh", "%k %h")))
                .contains("bitcoin ce_specversion=1.0")
                .contains("ce_source=/pricewire/normalizer", "ce_type=pricewire.v1.Price");
    }

    @Test
    void protocShowsAValue() throws Exception {
        Programs.need("kcat", "protoc");
        assertThat(shell(block("sh", "protoc")))
                .contains("source: \"csv-kaggle\"", "quote: \"USD\"")
                .containsPattern("price \\{\\s+digits: \"[0-9.]+\"");
    }

    private static String block(String language, String content) throws IOException {
        return Markdown.blocks(DOCUMENT).stream()
                .filter(block ->
                        block.language().equals(language) && block.text().contains(content))
                .map(Markdown.Block::text)
                .findFirst()
                .orElseThrow();
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".log");
        int status = pricewire.shell(command, output).waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
