package io.pricewire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Pipeline;
import io.pricewire.eventstream.Subscription;
import io.pricewire.normalizer.pipeline.Normalization;
import io.pricewire.normalizer.reference.ReferencePrices;
import io.pricewire.normalizer.reference.ReferenceSettings;
import io.pricewire.proto.Groups;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Runs the pipelines that normalize what the ingestors observe, and the one that makes reference prices of it. */
final class Normalizer {

    private static final List<Topic<?>> WRITTEN = List.of(
            Topics.PRICES_NORMALIZED,
            Topics.PRICES_LATEST,
            Topics.PRICES_REFERENCE,
            Topics.PRICES_REJECTED,
            Topics.NORMALIZER_COMMANDS,
            Topics.INGEST_COMMANDS);
    private static final Subscription READ = new Subscription(
            List.of(Topics.PRICES_REJECTED, Topics.INGEST_RUNS, Topics.INGEST_CHECKPOINTS, Topics.NORMALIZER_COMMANDS),
            List.of(Topics.PRICES_RAW, Topics.ASSETS_RAW));

    private final EventStream stream;
    private final Migrations migrations;
    private final List<Pipeline> pipelines;
    private final Clock clock;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    Normalizer(
            NormalizerSettings settings,
            ReferenceSettings reference,
            EventStream stream,
            Normalization normalization,
            ReferencePrices referencePrices,
            Migrations migrations,
            MeterRegistry registry,
            Clock clock) {
        this.stream = stream;
        this.clock = clock;
        this.migrations = migrations;
        String instance = settings.instance().isEmpty() ? UUID.randomUUID().toString() : settings.instance();
        Pipeline second = stream.pipeline(
                Groups.REFERENCE,
                "%s-%s".formatted(Groups.REFERENCE, instance),
                Topics.PRICES_NORMALIZED,
                reference.batchSize(),
                referencePrices,
                reference.interval());
        List<Pipeline> first = IntStream.range(0, settings.pipelines())
                .mapToObj(number -> stream.pipeline(
                        Groups.NORMALIZER,
                        "%s-%s-%d".formatted(Groups.NORMALIZER, instance, number),
                        READ,
                        settings.batchSize(),
                        normalization))
                .toList();
        this.pipelines = Stream.concat(first.stream(), Stream.of(second)).toList();
        new PipelineMeters("normalizer", first, registry, clock);
        new PipelineMeters("reference", List.of(second), registry, clock);
    }

    /** Runs until {@link #stop}; completes when every batch in flight is committed. */
    Mono<Void> run() {
        return migrations
                .run(stopped.asMono())
                .then(stream.createTopics(WRITTEN).takeUntilOther(stopped.asMono()))
                .thenMany(Flux.merge(pipelines.stream().map(Pipeline::run).toList()))
                .then();
    }

    /** How long ago the oldest event was published that is being processed. */
    Duration lag() {
        Instant now = clock.instant();
        return pipelines.stream()
                .map(pipeline -> pipeline.progress().oldestInHand())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, now))
                .orElse(Duration.ZERO);
    }

    void stop() {
        stopped.tryEmitEmpty();
        pipelines.forEach(Pipeline::stop);
    }
}
