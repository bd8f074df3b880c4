package io.pricewire.normalizer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.pricewire.eventstream.Pipeline;
import io.pricewire.eventstream.PipelineProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How far this instance's pipelines of one group are behind. Instances add up: each knows of its own partitions. What a
 * pipeline has not taken up is behind, and so is the batch in its hand; the age is that of the oldest record in hand, so
 * that it grows as long as nothing is committed.
 */
final class PipelineMeters {

    private final List<PipelineProgress> pipelines;
    private final Clock clock;

    /** @param group what the pipelines are called in the tag */
    PipelineMeters(String group, List<Pipeline> pipelines, MeterRegistry registry, Clock clock) {
        this.pipelines = pipelines.stream().map(Pipeline::progress).toList();
        this.clock = clock;
        Gauge.builder("pricewire.normalizer.lag.events", this::eventsBehind)
                .description("Events that are there, and not processed")
                .tag("pipeline", group)
                .register(registry);
        TimeGauge.builder("pricewire.normalizer.lag", this::millisBehind, TimeUnit.MILLISECONDS)
                .description("How long the oldest event has been there that is being processed; 0 where none is")
                .tag("pipeline", group)
                .register(registry);
        FunctionCounter.builder("pricewire.normalizer.restarts", this, PipelineMeters::restarts)
                .description("How often a pipeline has failed and begun again")
                .tag("pipeline", group)
                .register(registry);
    }

    private long eventsBehind() {
        return pipelines.stream().mapToLong(PipelineProgress::recordsBehind).sum();
    }

    private long millisBehind() {
        long now = clock.millis();
        return pipelines.stream()
                .map(PipelineProgress::oldestInHand)
                .filter(Objects::nonNull)
                .mapToLong(Instant::toEpochMilli)
                .map(published -> Math.max(0, now - published))
                .max()
                .orElse(0);
    }

    private long restarts() {
        return pipelines.stream().mapToLong(PipelineProgress::restarts).sum();
    }
}
