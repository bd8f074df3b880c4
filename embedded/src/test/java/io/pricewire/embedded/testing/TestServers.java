package io.pricewire.embedded.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The servers that the tests of one JVM share. They start when they are first asked for and stop with the JVM. The
 * system property {@code test.servers} says which: {@code embedded} (default), or {@code containers} where there is a
 * Docker engine.
 */
public final class TestServers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    /** The bootstrap servers of the shared broker. Tests keep apart by the names of their topics. */
    public static String kafka() {
        return Kafka.SERVER.bootstrapServers();
    }

    /** The URL of a new, empty database of the shared Postgres, for {@code DATABASE_URL}. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        PostgresServer server = Postgres.SERVER;
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), server.database()),
                        server.user(),
                        server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(server.user(), server.password(), server.host(), server.port(), name);
    }

    private static boolean containers() {
        String wanted = System.getProperty("test.servers", "embedded");
        return switch (wanted) {
            case "embedded" -> false;
            case "containers" -> true;
            default ->
                throw new IllegalArgumentException(
                        "test.servers is %s; it takes embedded or containers".formatted(wanted));
        };
    }

    private static final class Kafka {
        static final KafkaServer SERVER = containers() ? KafkaServer.inContainer() : KafkaServer.embedded();
    }

    private static final class Postgres {
        static final PostgresServer SERVER = containers() ? PostgresServer.inContainer() : PostgresServer.embedded();
    }
}
