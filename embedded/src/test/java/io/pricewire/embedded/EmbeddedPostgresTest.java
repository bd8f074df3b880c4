package io.pricewire.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private final ReservedPort port = ReservedPort.any();

    @AfterEach
    void giveThePortBack() {
        port.close();
    }

    @Test
    void keepsItsDataWhenStartedAgainOnTheSameFolder(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder, port.number())) {
            execute(first, "create table kept as select 42 as answer");
        }

        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, port.number())) {
            assertThat(query(second, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void survivesAPowerCutWhereDataIsKept(@TempDir Path folder) {
        try (EmbeddedPostgres kept = EmbeddedPostgres.start(folder, port.number())) {
            assertThat(List.of("fsync", "synchronous_commit", "full_page_writes"))
                    .allSatisfy(setting -> assertThat(kept.setting(setting)).isEqualTo("on"));
        }
    }

    @Test
    void letsItsOwnerAloneIntoItsFolder(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres _ = EmbeddedPostgres.start(folder.resolve("postgres"), port.number())) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("postgres")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void saysWhyItCannotStart(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, port.number()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("postgres.log ends with:")
                .hasMessageContaining("exists but is not empty");
    }

    @Test
    @Tag("full")
    void doesNotWaitForAServerThatHasEnded(@TempDir Path folder) throws Exception {
        EmbeddedPostgres.start(folder, port.number()).close();
        Files.writeString(folder.resolve("data/postgresql.conf"), "nonsense = 1\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, port.number()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unrecognized configuration parameter \"nonsense\"");
    }

    @Test
    void stopsTheServerThatAKilledJvmLeftBehind(@TempDir Path folder) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndWait.class.getName(),
                        folder.toString(),
                        String.valueOf(port.number()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(jvm.inputReader().lines()).contains("started");
        ProcessHandle orphan = ProcessHandle.of(postmaster(folder)).orElseThrow();
        jvm.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(folder, port.number())) {
            assertThat(query(next, "select answer from kept")).isEqualTo("42");
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @Test
    void leavesTheNextServerOfItsFolderAloneWhenItIsClosedAgain(@TempDir Path folder) throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(folder, port.number());
        first.close();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(folder, port.number())) {
            long running = postmaster(folder);
            first.close();

            assertThat(query(next, "select 42")).isEqualTo("42");
            assertThat(postmaster(folder)).isEqualTo(running);
        }
    }

    @Test
    void startsTheServerAgainThatWasKilled(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres kept = EmbeddedPostgres.start(folder, port.number())) {
            execute(kept, "create table kept as select 42 as answer");

            ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();

            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(query(kept, "select answer from kept")).isEqualTo("42"));
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    static final class StartAndWait {
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            execute(postgres, "create table kept as select 42 as answer");
            System.out.println("started");
            System.out.close();
            Thread.currentThread().join();
        }
    }

    @Test
    void leavesAProgramAloneThatHasTheProcessIdOfAServerThatIsGone(@TempDir Path folder) throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            long start = other.info().startInstant().orElseThrow().getEpochSecond();
            Files.writeString(folder.resolve("postmaster.pid"), "%d\n%s\n%d\n".formatted(other.pid(), folder, start));

            OrphanedPostgres.stop(folder);

            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void takesALockThatIsJustBeingWrittenForNone(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("postmaster.pid"));

        assertThat(OrphanedPostgres.isRunning(folder)).isFalse();
    }

    private static long postmaster(Path folder) throws Exception {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection("jdbc:" + postgres.url().replace("pricewire@", ""), "pricewire", "");
    }
}
