package io.pricewire.embedded.testing;

import io.pricewire.embedded.EmbeddedPostgres;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A Postgres that stops with the JVM, and a user who may create databases and roles. */
record PostgresServer(String host, int port, String database, String user, String password) {

    static PostgresServer embedded() {
        EmbeddedPostgres postgres = EmbeddedPostgres.startTemporary();
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres-stop"));
        return new PostgresServer("127.0.0.1", postgres.port(), "postgres", "postgres", "trusted");
    }

    static PostgresServer inContainer() {
        PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:18");
        postgres.start();
        return new PostgresServer(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword());
    }
}
