package io.pricewire.normalizer.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Tells by a gauge for each check how much breaks it: 11 is more than ten, -1 that the check did not end in time. */
public final class CheckMeters {

    private static final Logger log = LoggerFactory.getLogger(CheckMeters.class);
    private static final int UNTOLD = -1;

    private final Checks checks;
    private final MultiGauge failures;

    public CheckMeters(Checks checks, MeterRegistry registry) {
        this.checks = checks;
        this.failures = MultiGauge.builder("pricewire.storage.check.failures")
                .description("What breaks a rule of what is stored: up to 11; -1 where the check did not end in time")
                .register(registry);
    }

    /** Makes every check once. */
    public Mono<Void> round() {
        return checks.make().collectList().doOnNext(this::publish).then();
    }

    private void publish(List<Checks.Outcome> outcomes) {
        outcomes.stream()
                .filter(outcome -> !outcome.isGood())
                .forEach(outcome -> log.warn(
                        "what is stored does not pass a check check={} rule=\"{}\" example=\"{}\"",
                        outcome.name(),
                        outcome.meaning(),
                        outcome.examples().getFirst()));
        failures.register(outcomes.stream().map(CheckMeters::row).toList(), true);
    }

    private static MultiGauge.Row<Number> row(Checks.Outcome outcome) {
        return MultiGauge.Row.of(
                Tags.of("check", outcome.name()),
                outcome.isTold() ? outcome.examples().size() : UNTOLD);
    }
}
