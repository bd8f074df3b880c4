package io.pricewire.normalizer.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Tells by a gauge for each check how much breaks it: 11 is more than ten, -1 that the check could not be made, not in time, or not yet. */
public final class CheckMeters {

    private static final Logger log = LoggerFactory.getLogger(CheckMeters.class);
    private static final int UNTOLD = -1;

    private final Checks checks;
    private final MultiGauge failures;

    public CheckMeters(Checks checks, MeterRegistry registry) {
        this.checks = checks;
        this.failures = MultiGauge.builder("pricewire.storage.check.failures")
                .description(
                        "What breaks a rule of what is stored: up to 11; -1 where the check could not be made, or not yet")
                .register(registry);
        failures.register(Checks.names().map(CheckMeters::untold).toList(), true);
    }

    /** Makes every check once, but for those that another instance makes at this time. */
    public Mono<Void> round() {
        return checks.makeUnlessOthersDo().collectList().doOnNext(this::publish).then();
    }

    /** The most that a round may take. */
    public Duration limit() {
        return checks.limitOfAll();
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

    private static MultiGauge.Row<Number> untold(String check) {
        return MultiGauge.Row.of(Tags.of("check", check), UNTOLD);
    }

    private static MultiGauge.Row<Number> row(Checks.Outcome outcome) {
        return MultiGauge.Row.of(
                Tags.of("check", outcome.name()),
                outcome.isTold() ? outcome.examples().size() : UNTOLD);
    }
}
