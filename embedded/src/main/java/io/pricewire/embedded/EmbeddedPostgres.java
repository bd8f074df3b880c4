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
import org.jspecify.annotations.Nullable;
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

    /** One that was killed may have gigabytes to recover, and would begin with them again if it was stopped meanwhile. */
    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(10);

    private static final int RESTART_ATTEMPTS = 10;

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder;
    private volatile io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final @Nullable Path data;
    private boolean closed;

    /** @param data where it is kept; null where it is not */
    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder, @Nullable Path data)
            throws IOException {
        this.data = data;
        this.builder = builder.setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // A Unix socket has a lock in a folder of all programs, which a server that was killed leaves behind.
                .setServerConfig("unix_socket_directories", "")
                // Else there would be a line every five minutes.
                .setServerConfig("log_checkpoints", "off");
        this.server = startServer();
    }

    /** A server on a free port that leaves nothing behind and takes no pains to survive a power cut. */
    public static EmbeddedPostgres startTemporary() {
        try (ReservedPort port = ReservedPort.any()) {
            EmbeddedPostgres started = new EmbeddedPostgres(
                    io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setPGStartupWait(START_TIMEOUT)
                            .setPort(port.number()),
                    null);
            try {
                started.createDatabase();
                return started;
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
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
            EmbeddedPostgres started = new EmbeddedPostgres(
                    io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setPGStartupWait(RECOVERY_TIMEOUT)
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
                            .setServerConfig("full_page_writes", "on"),
                    data);
            started.createDatabase();
            started.verifyDurability();
            started.restartWhenEnded(data, printed);
            return started;
        } catch (IOException | RuntimeException e) {
            IllegalStateException failure = new IllegalStateException(
                    "Postgres cannot be started: %s; %s".formatted(e.getMessage(), printed.end()), e);
            try {
                OrphanedPostgres.stop(data);
            } catch (RuntimeException unstoppable) {
                failure.addSuppressed(unstoppable);
            }
            throw failure;
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
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres cannot be stopped", e);
        }
        // One that could not be started again in time may have come up since.
        if (data != null) {
            OrphanedPostgres.stop(data);
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

    private io.zonky.test.db.postgres.embedded.EmbeddedPostgres startServer() throws IOException {
        return data == null ? builder.start() : WatchedStart.of(builder, data);
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
            server = startServer();
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
