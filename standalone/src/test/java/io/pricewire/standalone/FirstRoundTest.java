package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.csv.CsvInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FirstRoundTest {

    private static final String RUNS = "/api/v1/runs?source=toy";
    private static final UUID BEFORE = new UUID(0, 1);
    private static final UUID NEW = new UUID(0, 2);
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    private AnsweringServer server;

    @BeforeEach
    void open() throws Exception {
        server = new AnsweringServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void awaitsTheFirstPollThatEndsAfterTheStartAndWhatBecomesOfIt() throws Exception {
        server.answer(RUNS, 200, "{\"data\": [%s]}".formatted(listed(BEFORE, "2026-11-21T06:59:59Z")))
                .answer(
                        RUNS,
                        200,
                        "{\"data\": [%s, %s]}"
                                .formatted(listed(NEW, "2026-11-21T07:00:00Z"), listed(BEFORE, "2026-11-21T06:59:59Z")))
                .answer("/api/v1/runs/" + NEW, 200, run("success", false))
                .answer("/api/v1/runs/" + NEW, 200, run("success", true));

        assertThat(round().awaitPoll("toy")).isTrue();
    }

    @Test
    void saysThatAPollFailed() throws Exception {
        server.answer(RUNS, 200, "{\"data\": [%s]}".formatted(listed(NEW, "2026-11-21T07:00:01Z")))
                .answer("/api/v1/runs/" + NEW, 200, run("failure", true));

        assertThat(round().awaitPoll("toy")).isFalse();
    }

    @Test
    void awaitsEveryFileThatIsThere(@TempDir Path folder) throws Exception {
        CsvInbox inbox = new CsvInbox(folder);
        Files.writeString(folder.resolve("a.csv"), "a");
        Files.setLastModifiedTime(folder.resolve("a.csv"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        server.answer("/api/v1/runs/" + inbox.runs().getFirst(), 404, "{}")
                .answer("/api/v1/runs/" + inbox.runs().getFirst(), 200, run("failure", true));

        assertThat(round().awaitFiles(inbox)).isFalse();
    }

    @Test
    void awaitsNothingWhereThereIsNoFile(@TempDir Path folder) throws Exception {
        assertThat(round().awaitFiles(new CsvInbox(folder))).isTrue();
    }

    private FirstRound round() {
        return new FirstRound(
                new PatientClient(
                        new ApiClient(server.url(), ""), () -> true, InstantSource.fixed(START), Duration.ofMillis(1)),
                START);
    }

    private static String listed(UUID id, String finishedAt) {
        return "{\"run_id\": \"%s\", \"ingestor\": \"toy\", \"finished_at\": \"%s\"}".formatted(id, finishedAt);
    }

    private static String run(String status, boolean complete) {
        return """
                {"status": "%s", "finished_at": "2026-11-21T07:00:01Z", "seen": 1, "published": 1, "refused": 0, "error": null,
                 "size": 0, "progress": 0, "outcome": {"complete": %s, "loaded": 1, "unchanged": 0, "quarantined": 0}}
                """.formatted(status, complete);
    }
}
