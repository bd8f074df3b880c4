package io.pricewire.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A pool of connections, made when they are needed: a database that is away keeps no service from starting. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIME = Duration.ofMinutes(10);

    /** What the sessions of a service are started with, besides what is the same for all. */
    public record SessionOptions(Map<String, String> options) {}

    @Bean(destroyMethod = "dispose")
    ConnectionPool connectionPool(DatabaseSettings settings, ObjectProvider<SessionOptions> session) {
        ConnectionFactory factory = new PostgresqlConnectionFactory(configuration(
                settings.target(),
                session.getIfAvailable(() -> new SessionOptions(Map.of())).options()));
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(0)
                .maxSize(settings.poolSize())
                .maxAcquireTime(ACQUIRE_TIMEOUT)
                .maxIdleTime(IDLE_TIME)
                .build());
    }

    @Bean
    DatabaseClient databaseClient(ConnectionPool pool) {
        return DatabaseClient.create(pool);
    }

    @Bean
    PoolMeters poolMeters(ConnectionPool pool) {
        return new PoolMeters(pool);
    }

    @Bean
    DatabaseHealthIndicator databaseHealthIndicator(DatabaseClient client) {
        return new DatabaseHealthIndicator(client);
    }

    @Bean
    TransactionalOperator transactionalOperator(ConnectionPool pool) {
        return TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }

    private static PostgresqlConnectionConfiguration configuration(
            DatabaseSettings.Target target, Map<String, String> options) {
        PostgresqlConnectionConfiguration.Builder builder = PostgresqlConnectionConfiguration.builder();
        if (!target.sslRootCert().isEmpty()) {
            builder.sslRootCert(target.sslRootCert());
        }
        return builder.host(target.host())
                .port(target.port())
                .username(target.user())
                .password(target.password())
                .database(target.database())
                .sslMode(SSLMode.fromValue(target.sslMode()))
                .applicationName("pricewire")
                .connectTimeout(CONNECT_TIMEOUT)
                // A server that went away without a word is noticed in the end.
                .tcpKeepAlive(true)
                .options(options)
                .build();
    }
}
