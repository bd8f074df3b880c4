package io.pricewire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Postgres beside this JVM, on the loopback address only, where every user of this machine is trusted. It has
 * one database, owned by a user of the same name. Started again on the same folder it has all that it had, after a
 * clean stop or after the JVM was killed. One that keeps its data and ends by itself, or is killed, is started again.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The name of the database and of its owner. */
    public static final String NAME = "pricewire";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int RESTART_ATTEMPTS = 10;

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder;
    private volatile io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private boolean closed;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder) throws IOException {
        this.builder = builder.setPGStartupWait(START_TIMEOUT)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // A Unix socket has a lock in a folder of all programs, which a server that was killed leaves behind.
                .setServerConfig("unix_socket_directories", "")
                // Else there would be a line every five minutes.
                .setServerConfig("log_checkpoints", "off");
        this.server = builder.start();
    }

    /** A server on a free port that leaves nothing behind and takes no pains to survive a power cut. */
    public static EmbeddedPostgres startTemporary() {
        try (ReservedPort port = ReservedPort.any()) {
            EmbeddedPostgres started =
                    new EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setPort(port.number()));
            started.createDatabase();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres cannot be started", e);
        }
    }

    /**
     * A server that keeps its data in the given folder, which its owner alone may enter, and whose committed transactions
     * survive a power cut. Stops the server of that folder that a killed JVM left behind; the caller makes sure that no
     * living JVM uses the folder. What the server prints is in {@code postgres.log} there.
     *
     * @throws IllegalStateException where it cannot be started, with the end of what it printed; nothing runs then
     */
    public static EmbeddedPostgres start(Path folder, int port) {
        Path data = folder.resolve("data");
        OrphanedPostgres.stop(data);
        createPrivate(folder);
        PostgresLog printed = PostgresLog.in(folder);
        try {
            EmbeddedPostgres started =
                    new EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            // The library lets everyone write there, from which others could change what is run. It
                            // counts for the first server of a JVM; the others run the same programs.
                            .setOverrideWorkingDirectory(
                                    folder.resolve("program").toFile())
                            .setPort(port)
                            .setOutputRedirector(printed.appending())
                            // The library starts its servers for tests, which need none of these.
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on"));
            started.createDatabase();
            started.verifyDurability();
            started.restartWhenEnded(data, printed);
            return started;
        } catch (IOException | RuntimeException e) {
            OrphanedPostgres.stop(data);
            throw new IllegalStateException("Postgres cannot be started: " + printed.end(), e);
        }
    }

    /** Whether a server of this folder runs that a killed JVM left behind, which {@link #start} would stop. */
    public static boolean isLeftBehind(Path folder) {
        return OrphanedPostgres.isRunning(folder.resolve("data"));
    }

    public int port() {
        return server.getPort();
    }

    /** For {@code DATABASE_URL}. */
    public String url() {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(NAME, port(), NAME);
    }

    /** Stops the server; does nothing the second time. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres cannot be stopped", e);
        }
    }

    private static void createPrivate(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for Postgres' data cannot be created: " + folder, e);
        }
    }

    private void restartWhenEnded(Path data, PostgresLog printed) {
        var _ = OrphanedPostgres.postmaster(data)
                .orElseThrow(() -> new IllegalStateException("Postgres has ended as soon as it had started"))
                .onExit()
                .thenRunAsync(() -> restart(data, printed, 1));
    }

    private synchronized void restart(Path data, PostgresLog printed, int attempt) {
        if (closed) {
            return;
        }
        try {
            log.warn("Postgres has ended by itself and is started again attempt={}", attempt);
            // It holds the lock of its folder.
            server.close();
            server = builder.start();
            restartWhenEnded(data, printed);
        } catch (IOException | RuntimeException e) {
            log.error("Postgres could not be started again attempt={} log={}", attempt, printed, e);
            if (attempt < RESTART_ATTEMPTS) {
                CompletableFuture.delayedExecutor(attempt, TimeUnit.SECONDS)
                        .execute(() -> restart(data, printed, attempt + 1));
            }
        }
    }

    private void createDatabase() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + NAME + "'")) {
                statement.execute("create role " + NAME + " login createrole");
            }
            if (!exists(statement, "select 1 from pg_database where datname = '" + NAME + "'")) {
                statement.execute("create database " + NAME + " owner " + NAME);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be created", e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private void verifyDurability() {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            String value = setting(setting);
            if (!value.equals("on")) {
                throw new IllegalStateException(
                        "Postgres runs with %s = %s, and data that is kept needs it on".formatted(setting, value));
            }
        }
    }

    /** What the server says its setting of this name is. */
    String setting(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the setting cannot be read: " + name, e);
        }
    }
}
