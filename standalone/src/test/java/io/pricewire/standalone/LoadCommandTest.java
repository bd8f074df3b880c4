package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.csv.CsvInbox;
import io.pricewire.ingestor.csv.FileLabel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files loaded into a Pricewire that runs elsewhere, of which the API and the watched folder are known. */
class LoadCommandTest {

    private static final String API = "pricewire.standalone.api";
    private static final String WATCHED = "CSV_DIRECTORY";

    private final PrintStream standard = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private AnsweringServer server;

    @BeforeEach
    void open() throws Exception {
        server = new AnsweringServer();
        System.setProperty(API, server.url());
        System.setProperty(WATCHED, folder.resolve("watched").toString());
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setOut(standard);
        System.clearProperty(API);
        System.clearProperty(WATCHED);
        server.close();
    }

    @Test
    void putsAFileWhereItIsWatchedAndFollowsItsRun() throws Exception {
        Path file = Files.writeString(folder.resolve("prices_2026-11-20.csv"), "coin_id,price_usd\npepe,1\n");
        UUID run = new CsvInbox(folder.resolve("other")).put(file, new FileLabel(null, null, null, null));
        server.answer("/api/v1/runs?source=csv", 200, "{\"data\": []}");
        server.answer("/api/v1/runs/" + run, 404, "{}").answer("/api/v1/runs/" + run, 200, """
                {"run_id": "%s", "status": "success", "finished_at": "2026-11-21T07:00:01Z", "seen": 1, "published": 1,
                 "refused": 0, "error": null, "outcome": {"complete": true, "loaded": 1, "unchanged": 0, "quarantined": 0}}
                """.formatted(run));

        assertThat(Pricewire.execute("load", file.toString())).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("loaded 1, unchanged 0, quarantined 0");
        assertThat(new CsvInbox(folder.resolve("watched")).runs()).containsExactly(run);
    }

    @Test
    void putsNoFileWhereItMayNotFollowIt() throws Exception {
        Path file = Files.writeString(folder.resolve("prices_2026-11-20.csv"), "coin_id,price_usd\npepe,1\n");
        server.answer("/api/v1/runs?source=csv", 401, "it takes a key");

        assertThat(Pricewire.execute("load", file.toString())).isNotZero();

        assertThat(new CsvInbox(folder.resolve("watched")).runs()).isEmpty();
    }
}
