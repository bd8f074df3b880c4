package io.pricewire.query;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.embedded.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;

/** A database of its own for a test, with all tables, read as the service reads it. */
public final class ReadDatabase implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Connection connection;

    public ReadDatabase() {
        String url = TestServers.newDatabase();
        String[] parts = url.split("[/:@]+", 6);
        String jdbcUrl = "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
                .formatted(parts[3], parts[4], parts[5], parts[1], parts[2]);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("pricewire.database.url", url)));
        context.register(DatabaseConfiguration.class);
        context.refresh();
        Flyway.configure().dataSource(jdbcUrl, null, null).load().migrate();
        try {
            this.connection = DriverManager.getConnection(jdbcUrl);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached", e);
        }
    }

    public DatabaseClient client() {
        return context.getBean(DatabaseClient.class);
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How Postgres would find what a statement asks for. */
    public static String plan(DatabaseClient.GenericExecuteSpec explain) {
        List<String> lines = explain.map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
        return String.join("\n", lines);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        context.close();
    }
}
