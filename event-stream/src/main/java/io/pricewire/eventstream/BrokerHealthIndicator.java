package io.pricewire.eventstream;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/** Whether a broker answers, within two seconds. */
final class BrokerHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final EventStream stream;

    BrokerHealthIndicator(EventStream stream) {
        this.stream = stream;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder health) {
        return stream.ping()
                .timeout(TIMEOUT)
                .then(Mono.fromCallable(() -> health.up().build()))
                .onErrorResume(failure -> Mono.just(health.down()
                        .withDetail("reason", "the broker is not answering")
                        .build()));
    }
}
