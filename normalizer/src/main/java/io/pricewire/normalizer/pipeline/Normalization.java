package io.pricewire.normalizer.pipeline;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.PipelineStep;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.tracing.Traces;
import io.pricewire.normalizer.identity.Identity;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.normalizer.store.PriceStore;
import io.pricewire.normalizer.store.StoredObservation;
import io.pricewire.normalizer.store.WriteBatch;
import io.pricewire.normalizer.store.Written;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.proto.Canary;
import io.pricewire.proto.v1.ObservationRejected;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * What happens to a batch: commands are carried out; each record is judged; those that are accepted get their asset; all
 * is written to Postgres in one statement; and what became of it is published. Postgres comes first: a crash in between
 * brings the same records again, and writing them again changes nothing.
 */
public final class Normalization implements PipelineStep {

    private final Judge judge;
    private final Commands commands;
    private final Identity identity;
    private final PriceStore store;
    private final Meters meters;
    private final OutOfTurn outOfTurn;
    private final Traces traces;
    private final Clock clock;

    public Normalization(
            Rules rules,
            Commands commands,
            Identity identity,
            PriceStore store,
            Moves moves,
            Meters meters,
            Traces traces,
            Clock clock) {
        this.judge = new Judge(rules, clock);
        this.commands = commands;
        this.identity = identity;
        this.store = store;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
        this.outOfTurn = new OutOfTurn(moves, identity, clock);
    }

    @Override
    public Mono<List<Event<?>>> apply(List<Received> batch) {
        return Mono.fromCallable(() -> Sorting.of(batch, judge)).flatMap(this::apply);
    }

    private Mono<List<Event<?>>> apply(Sorting sorting) {
        Meters.Batch measured = meters.begin(sorting.observations());
        BatchSpans spans = new BatchSpans(traces, clock);
        meters.canary().reached("raw", sorting.canaries(), clock.instant());
        return commands.execute(sorting.commands(), judge)
                .doOnNext(executed -> measured.add(executed.replayed().size()))
                .flatMap(executed -> normalize(sorting, executed, measured, spans))
                .doOnError(failure -> measured.fail())
                .doOnError(failure -> spans.fail(sorting.kept(), failure))
                .doOnCancel(measured::fail);
    }

    private Mono<List<Event<?>>> normalize(
            Sorting sorting, Executed executed, Meters.Batch measured, BatchSpans spans) {
        List<Observation> accepted = new ArrayList<>(sorting.accepted());
        accepted.addAll(executed.replayed());
        return outOfTurn
                .again()
                .flatMap(again -> outOfTurn
                        .moved(executed.hasDecisions())
                        .flatMap(decided -> identity.resolve(accepted)
                                .flatMap(resolution -> outOfTurn
                                        .moved(resolution.hasDecisions())
                                        .flatMap(moved -> write(
                                                        sorting,
                                                        accepted,
                                                        resolution.assets(),
                                                        executed,
                                                        measured,
                                                        spans)
                                                .map(events -> outOfTurn.with(
                                                        again,
                                                        List.of(decided, moved),
                                                        executed.replayed(),
                                                        events))))))
                .flatMap(events -> commands.done(executed).thenReturn(executed.withAsked(events)));
    }

    private Mono<List<Event<?>>> write(
            Sorting sorting,
            List<Observation> accepted,
            Map<SourceAsset, String> assets,
            Executed executed,
            Meters.Batch measured,
            BatchSpans spans) {
        List<ObservationRejected> rejections = new ArrayList<>(sorting.rejected());
        rejections.addAll(sorting.quarantined());
        List<StoredObservation> canaries = sorting.canaries().stream()
                .map(canary -> new StoredObservation(canary, Canary.NAME))
                .toList();
        WriteBatch batch = new WriteBatch(
                stored(accepted, assets),
                sorting.descriptions(),
                rejections,
                sorting.runs(),
                sorting.checkpoints(),
                canaries);
        return store.write(batch)
                .doFirst(spans::storing)
                .doOnNext(written -> {
                    spans.stored();
                    meters.canary().reached("stored", sorting.canaries(), clock.instant());
                })
                .doOnNext(written -> identity.correct(written.corrections()))
                .delayUntil(written -> commands.readAgain(written.asWritten(batch.observations())))
                .flatMap(written -> quarantine(written).map(refused -> {
                    refused.forEach(rejection -> executed.refuse(rejection.getEventId()));
                    List<ObservationRejected> rejected = new ArrayList<>(sorting.rejected());
                    rejected.addAll(refused);
                    measured.succeed(accepted.size() + canaries.size() - refused.size(), rejected);
                    List<StoredObservation> told = new ArrayList<>(written.asWritten(batch.observations()));
                    told.addAll(canaries);
                    List<Event<?>> events = NormalizedEvents.of(told, written.newest(), rejected, spans::after);
                    spans.end();
                    return events;
                }));
    }

    /** What Postgres does not take is kept apart, as what breaks a rule is. */
    private Mono<List<ObservationRejected>> quarantine(Written written) {
        if (written.refused().isEmpty()) {
            return Mono.just(List.of());
        }
        List<ObservationRejected> rejections =
                written.refused().stream().map(judge::refused).toList();
        return store.write(new WriteBatch(List.of(), List.of(), rejections, List.of(), List.of()))
                .thenReturn(rejections);
    }

    private static List<StoredObservation> stored(List<Observation> accepted, Map<SourceAsset, String> assets) {
        return accepted.stream()
                .map(observation -> new StoredObservation(
                        observation,
                        requireNonNull(assets.get(new SourceAsset(observation.source(), observation.sourceAssetId())))))
                .toList();
    }
}
