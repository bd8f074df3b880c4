package io.pricewire.bench;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.flywaydb.core.Flyway;

/**
 * A real broker in this JVM and a real Postgres beside it, whose data survives a power cut, with the memory and the log
 * of a server that has work to do. What is measured runs in processes of its own.
 */
final class Servers implements AutoCloseable {

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final Map<String, String> POSTGRES = Map.of(
            "shared_buffers", "2GB",
            "effective_cache_size", "8GB",
            "maintenance_work_mem", "512MB",
            "work_mem", "32MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "jit", "off");

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;

    private Servers(Path folder, EmbeddedKafka kafka, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
    }

    static Servers start() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("pricewire-bench");
        int port = FreePort.any();
        // Memory is set when a server starts, and can be set only in one that runs.
        try (EmbeddedPostgres plain = EmbeddedPostgres.start(folder.resolve("postgres"), port);
                Connection connection = connect(plain, "postgres");
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : POSTGRES.entrySet()) {
                statement.execute("alter system set %s = '%s'".formatted(setting.getKey(), setting.getValue()));
            }
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), port);
        return new Servers(folder, EmbeddedKafka.start(folder.resolve("kafka"), FreePort.any()), postgres);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** For what a measured process writes down. */
    Path folder() {
        return folder;
    }

    /** A new database with all tables. */
    Database newDatabase(String name) throws SQLException {
        try (Connection connection = connect(postgres, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists %s with (force)".formatted(name));
            statement.execute("create database %s owner %s".formatted(name, EmbeddedPostgres.NAME));
        }
        Database database = new Database(postgres.port(), name);
        Flyway.configure()
                .dataSource(database.jdbcUrl(), EmbeddedPostgres.NAME, "")
                .load()
                .migrate();
        try (Connection connection = connect(postgres, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
        return database;
    }

    /** The process of Postgres that started all others. */
    ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Prints what both servers say that they are set to, besides their defaults. */
    void printSettings() throws SQLException, ExecutionException, InterruptedException {
        System.out.println("Postgres: " + postgresSettings());
        System.out.println("Kafka: " + kafkaSettings());
    }

    private Map<String, String> postgresSettings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Connection connection = connect(postgres, "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select name, current_setting(name) from pg_settings where name in ('server_version', '%s')"
                                        .formatted(String.join("', '", DURABILITY))
                                + " or source in ('command line', 'configuration file') and name not like 'lc_%'"
                                + " and name not like 'log%' order by name")) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        for (String setting : DURABILITY) {
            if (!"on".equals(settings.get(setting))) {
                throw new IllegalStateException("Postgres runs with %s = %s".formatted(setting, settings.get(setting)));
            }
        }
        return settings;
    }

    private Map<String, String> kafkaSettings() throws ExecutionException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            admin.describeConfigs(List.of(broker)).all().get().values().stream()
                    .flatMap(config -> config.entries().stream())
                    .filter(entry -> entry.source() != ConfigEntry.ConfigSource.DEFAULT_CONFIG)
                    .sorted(Comparator.comparing(ConfigEntry::name))
                    .forEach(entry -> settings.put(entry.name(), String.valueOf(entry.value())));
        }
        return settings;
    }

    private static Connection connect(EmbeddedPostgres postgres, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database), "postgres", "");
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
