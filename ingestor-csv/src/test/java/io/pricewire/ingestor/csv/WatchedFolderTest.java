package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir
    Path temporary;

    @Test
    void isMadeWhereItIsMissing() throws IOException {
        assertThat(folder("not/there/yet").files()).isEmpty();
        assertThat(temporary.resolve("not/there/yet")).isDirectory();
    }

    @Test
    void hasTheCsvFilesInTheOrderOfTheirNames() throws IOException {
        write("b.csv", "b", NOW.minusSeconds(60));
        write("a.CSV", "a", NOW.minusSeconds(60));
        write("notes.txt", "c", NOW.minusSeconds(60));
        write(".hidden.csv", "d", NOW.minusSeconds(60));
        Files.createDirectory(temporary.resolve("folder.csv"));

        assertThat(folder("").files()).extracting(CsvFile::name).containsExactly("a.CSV", "b.csv");
    }

    @Test
    void leavesAFileAloneThatMayStillBeBeingWritten() throws IOException {
        write("fresh.csv", "a", NOW.minusSeconds(1));

        assertThat(folder("").files()).isEmpty();
    }

    @Test
    void takesAFreshFileThatHasALabel() throws IOException {
        Path file = write("fresh.csv", "a", NOW);
        FileLabel.NONE.writeFor(file);

        assertThat(folder("").files()).hasSize(1);
    }

    @Test
    void knowsAFileByItsContentWhateverItIsCalled() throws IOException {
        write("a.csv", "same", NOW.minusSeconds(60));
        write("b.csv", "same", NOW.minusSeconds(90));
        write("c.csv", "other", NOW.minusSeconds(60));

        assertThat(folder("").files().stream().map(CsvFile::key).distinct()).hasSize(2);
    }

    @Test
    void knowsAFileAsAnotherWhenItHasGrown() throws IOException {
        WatchedFolder folder = folder("");
        write("a.csv", "one", NOW.minusSeconds(60));
        String before = folder.files().getFirst().key();

        write("a.csv", "one two", NOW.minusSeconds(50));

        assertThat(folder.files().getFirst().key()).isNotEqualTo(before);
    }

    @Test
    void getsAFileFromTheInboxWhole() throws IOException {
        Path original = Files.writeString(temporary.resolve("mine.csv"), "content");
        Files.setLastModifiedTime(original, FileTime.from(NOW.minusSeconds(3600)));
        CsvInbox inbox = new CsvInbox(temporary.resolve("inbox"));

        UUID first = inbox.put(original, FileLabel.NONE);
        UUID again = inbox.put(original, FileLabel.NONE);

        assertThat(again).isEqualTo(first);
        assertThat(folder("inbox").files()).singleElement().satisfies(file -> {
            assertThat(file.runId()).isEqualTo(first);
            assertThat(file.name()).isEqualTo("mine.csv");
            assertThat(file.observedAt()).isEqualTo(NOW.minusSeconds(3600));
            assertThat(file.path()).hasContent("content");
        });
    }

    @Test
    void takesTheSameContentForAnotherFileWhereItsOwnerSaysAnotherTime() throws IOException {
        Path original = Files.writeString(temporary.resolve("mine.csv"), "content");
        CsvInbox inbox = new CsvInbox(temporary.resolve("inbox"));

        UUID unlabelled = inbox.put(original, FileLabel.NONE);
        UUID labelled = inbox.put(original, new FileLabel(null, null, null, NOW));

        assertThat(labelled).isNotEqualTo(unlabelled);
    }

    @Test
    void takesTheSameContentForAnotherFileWhereItIsToBeReadAgain() throws IOException {
        Path original = Files.writeString(temporary.resolve("mine.csv"), "content");
        CsvInbox inbox = new CsvInbox(temporary.resolve("inbox"));

        UUID once = inbox.put(original, FileLabel.NONE);
        UUID again = inbox.put(original, FileLabel.NONE.forReading(UUID.randomUUID()));

        assertThat(again).isNotEqualTo(once);
        assertThat(folder("inbox").files())
                .as("the folder knows them by what the inbox called them")
                .extracting(CsvFile::runId)
                .containsExactlyInAnyOrder(once, again);
    }

    @Test
    void losesAFileThatTheInboxTakesBack() throws IOException {
        Path original = Files.writeString(temporary.resolve("mine.csv"), "content");
        CsvInbox inbox = new CsvInbox(temporary.resolve("inbox"));
        UUID kept = inbox.put(original, FileLabel.NONE);
        UUID taken = inbox.put(original, FileLabel.NONE.forReading(UUID.randomUUID()));

        inbox.remove(taken);
        new CsvInbox(temporary.resolve("inbox")).remove(kept);

        assertThat(folder("inbox").files()).extracting(CsvFile::runId).containsExactly(kept);
        assertThat(temporary.resolve("inbox").toFile().list())
                .as("a file and its label")
                .hasSize(2);
    }

    @Test
    void takesTheSameContentForAnotherFileWhereItsNameTellsAnotherTime() throws IOException {
        write("prices_2026-01-01.csv", "same", NOW.minusSeconds(60));
        write("prices_2026-01-02.csv", "same", NOW.minusSeconds(60));
        write("copy of prices_2026-01-02.csv", "same", NOW.minusSeconds(30));

        assertThat(folder("").files().stream().map(CsvFile::key).distinct()).hasSize(2);
    }

    @Test
    void knowsAFileInTheFolderAndInTheInboxByTheSameKey() throws IOException {
        Path file = write("prices_2026-01-01.csv", "content", NOW.minusSeconds(60));
        UUID found = folder("").files().getFirst().runId();

        assertThat(new CsvInbox(temporary.resolve("inbox")).put(file, FileLabel.NONE))
                .isEqualTo(found);
        assertThat(folder("inbox").files()).extracting(CsvFile::runId).containsExactly(found);
    }

    @Test
    void leavesOutAFileWhoseLabelCannotBeRead() throws IOException {
        Path file = write("a.csv", "a", NOW.minusSeconds(60));
        Files.writeString(FileLabel.pathFor(file), "{not json");

        assertThat(folder("").files()).isEmpty();
    }

    @Test
    void refusesALabelWithASourceThatIsNoNameOfFiles() {
        assertThatThrownBy(() -> new FileLabel(null, null, "coingecko", null))
                .hasMessage(
                        "the source is \"coingecko\"; it takes csv- and up to 40 lower-case letters, digits and dashes");
    }

    private WatchedFolder folder(String name) {
        return new WatchedFolder(temporary.resolve(name), Duration.ofSeconds(2), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path write(String name, String content, Instant modified) throws IOException {
        Path file = Files.writeString(temporary.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
