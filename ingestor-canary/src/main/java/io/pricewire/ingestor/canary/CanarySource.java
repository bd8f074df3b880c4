package io.pricewire.ingestor.canary;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PolledSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A source that asks nobody: its price is the time in milliseconds, so that each is news. */
final class CanarySource implements PolledSource {

    private static final String NAME = "canary";
    /** The code that ISO 4217 keeps for tests; no price has it otherwise. */
    private static final String QUOTE = "XTS";

    private final Duration interval;
    private final Clock clock;

    CanarySource(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        return position != null
                ? Flux.empty()
                : Mono.fromCallable(() -> new Batch(List.of(price(clock.instant())), List.of(), "sent", 1, 1))
                        .flux();
    }

    private static ObservedPrice price(Instant now) {
        return new ObservedPrice(
                NAME,
                NAME,
                "CANARY",
                "Canary",
                QUOTE,
                Interval.TICK,
                now,
                false,
                Map.of(Figure.PRICE, BigDecimal.valueOf(now.toEpochMilli())),
                now.toString(),
                "text/plain");
    }
}
