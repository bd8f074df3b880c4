package io.pricewire.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.PingHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Shows as metrics what the probes show one by one: each part of the service's health is asked every ten seconds, one after
 * the other. Whoever does not answer in five is not up.
 */
final class HealthMeters implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String SUFFIX = "HealthIndicator";
    private static final int NOT_ASKED_YET = -1;

    private final List<Mono<Void>> questions = new ArrayList<>();
    private @Nullable Disposable asking;

    /**
     * @param indicators by the names of their beans
     * @param reactive by the names of their beans
     */
    HealthMeters(
            Map<String, HealthIndicator> indicators,
            Map<String, ReactiveHealthIndicator> reactive,
            MeterRegistry registry) {
        indicators.forEach((name, indicator) -> {
            // One that says nothing of the service.
            if (!(indicator instanceof PingHealthIndicator)) {
                add(
                        name,
                        Mono.fromCallable(() -> indicator.health(false)).subscribeOn(Schedulers.boundedElastic()),
                        registry);
            }
        });
        reactive.forEach((name, indicator) -> add(name, Mono.defer(() -> indicator.health(false)), registry));
    }

    private void add(String name, Mono<Health> health, MeterRegistry registry) {
        AtomicInteger isUp = new AtomicInteger(NOT_ASKED_YET);
        Gauge.builder("pricewire.health", () -> isUp)
                .description("Whether the part is up: 1; else 0; -1 before it was asked for the first time")
                .tag("component", name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name)
                .register(registry);
        questions.add(health.map(Health::getStatus)
                .timeout(TIMEOUT)
                .onErrorReturn(Status.DOWN)
                .defaultIfEmpty(Status.DOWN)
                .doOnNext(status -> isUp.set(status.equals(Status.UP) ? 1 : 0))
                .then());
    }

    @Override
    public synchronized void start() {
        asking = Flux.interval(Duration.ZERO, INTERVAL)
                .onBackpressureDrop()
                .concatMap(turn -> Flux.concat(questions), 1)
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (asking != null) {
            asking.dispose();
            asking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return asking != null;
    }
}
