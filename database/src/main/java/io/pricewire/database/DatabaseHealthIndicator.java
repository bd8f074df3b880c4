package io.pricewire.database;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Whether the database answers, within two seconds. */
final class DatabaseHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final DatabaseClient client;

    DatabaseHealthIndicator(DatabaseClient client) {
        this.client = client;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder health) {
        return client.sql("select 1")
                .fetch()
                .one()
                .timeout(TIMEOUT)
                .map(row -> health.up().build())
                .onErrorResume(failure -> Mono.just(health.down()
                        .withDetail("reason", "the database is not answering")
                        .build()));
    }
}
