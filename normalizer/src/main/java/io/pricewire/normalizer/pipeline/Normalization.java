package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.PipelineStep;
import io.pricewire.eventstream.Received;
import io.pricewire.normalizer.identity.Identity;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.normalizer.store.WriteBatch;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.proto.v1.ObservationRejected;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What happens to a batch: each record is judged; those that are accepted get their asset; all is written to Postgres in
 * one statement; and what became of it is published. Postgres comes first: a crash in between brings the same records
 * again, and writing them again changes nothing.
 */
public final class Normalization implements PipelineStep {

    private final Judge judge;
    private final Identity identity;
    private final PriceStore store;

    public Normalization(Rules rules, Identity identity, PriceStore store, Clock clock) {
        this.judge = new Judge(rules, clock);
        this.identity = identity;
        this.store = store;
    }

    @Override
    public Mono<List<Event<?>>> apply(List<Received> batch) {
        return Mono.fromCallable(() -> Sorting.of(batch, judge))
                .flatMap(sorting ->
                        identity.resolve(sorting.accepted()).flatMap(resolution -> write(sorting, resolution)));
    }

    private Mono<List<Event<?>>> write(Sorting sorting, Identity.Resolution resolution) {
        List<StoredObservation> observations = sorting.accepted().stream()
                .map(observation -> new StoredObservation(observation, assetOf(observation, resolution)))
                .toList();
        List<ObservationRejected> rejections = new ArrayList<>(sorting.rejected());
        rejections.addAll(sorting.quarantined());
        return store.write(new WriteBatch(
                        observations, resolution.fresh(), rejections, sorting.runs(), sorting.checkpoints()))
                .doOnNext(newest -> identity.stored(resolution.fresh()))
                .map(newest -> NormalizedEvents.of(observations, newest, sorting.rejected()));
    }

    private static String assetOf(Observation observation, Identity.Resolution resolution) {
        return resolution.assetId(new SourceAsset(observation.source(), observation.sourceAssetId()));
    }
}
