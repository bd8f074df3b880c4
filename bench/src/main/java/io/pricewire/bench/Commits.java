package io.pricewire.bench;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * When transactions became visible to others, to a millisecond: asks the server all the time which are in progress, on a
 * connection and a thread of its own.
 */
final class Commits implements AutoCloseable {

    private static final String SNAPSHOT = "select pg_current_snapshot()::text";
    private static final long PAUSE_NANOS = 500_000;

    private final Connection connection;
    private final Thread thread;
    private final Map<Long, Long> seen = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Commits(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("commits").unstarted(this::watch);
    }

    static Commits watch(Database database) throws SQLException {
        Commits commits = new Commits(database.connect());
        commits.thread.start();
        return commits;
    }

    /** By {@link System#nanoTime}; null where it was not seen to end. */
    @Nullable Long endOf(long transaction) {
        return seen.get(transaction);
    }

    private void watch() {
        Set<Long> running = new HashSet<>();
        long next = -1;
        try (Statement statement = connection.createStatement()) {
            while (!closed) {
                Snapshot snapshot = snapshot(statement);
                long now = System.nanoTime();
                for (long begun = next < 0 ? snapshot.next : next; begun < snapshot.next; begun++) {
                    running.add(begun);
                }
                next = snapshot.next;
                for (Long transaction : List.copyOf(running)) {
                    if (!snapshot.running.contains(transaction)) {
                        running.remove(transaction);
                        seen.put(transaction, now);
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("transactions cannot be watched", e);
        }
    }

    private static Snapshot snapshot(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(SNAPSHOT)) {
            row.next();
            return Snapshot.of(requireNonNull(row.getString(1)));
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    /**
     * @param next the first transaction that has not begun
     * @param running those before it that have not ended
     */
    private record Snapshot(long next, Set<Long> running) {

        /** {@code 100:104:100,102}: all before 100 have ended, 104 has not begun, and 100 and 102 are in progress. */
        static Snapshot of(String text) {
            List<String> parts = new ArrayList<>(Arrays.asList(text.split(":", -1)));
            Set<Long> running = new HashSet<>();
            for (String transaction : parts.get(2).split(",", -1)) {
                if (!transaction.isEmpty()) {
                    running.add(Long.parseLong(transaction));
                }
            }
            return new Snapshot(Long.parseLong(parts.get(1)), running);
        }
    }
}
