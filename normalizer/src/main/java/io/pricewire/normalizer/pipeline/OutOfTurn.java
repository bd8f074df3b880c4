package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.identity.Identity;
import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.proto.v1.Price;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells latest prices that were moved or replayed, and tells them again as long as they may have been outrun. Thread-safe. */
final class OutOfTurn {

    private static final Duration OWED_FOR = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 100_000;

    private final Moves moves;
    private final Identity identity;
    private final Clock clock;
    private final LastTold told = new LastTold(MOST_REMEMBERED);
    private final Tellings moved = new Tellings();
    private final Tellings replayed = new Tellings();
    private volatile Instant owedUntil;

    OutOfTurn(Moves moves, Identity identity, Clock clock) {
        this.moves = moves;
        this.identity = identity;
        this.clock = clock;
        this.owedUntil = clock.instant().plus(OWED_FOR);
    }

    /**
     * What was decided is moved, and told, in the batch of the decision, and for a while after it in others: a batch may
     * fail after its decisions are stored, and when it comes again nothing is new in it. What was told already is left
     * out by {@link #with}.
     *
     * @param hasDecisions whether something was decided just now
     */
    Mono<List<Price>> moved(boolean hasDecisions) {
        Instant now = clock.instant();
        if (hasDecisions) {
            owedUntil = now.plus(OWED_FOR);
        }
        return now.isBefore(owedUntil) ? moves.complete().doOnNext(this::correct) : Mono.just(List.of());
    }

    private void correct(List<Price> moved) {
        Map<SourceAsset, String> assets = new HashMap<>();
        moved.forEach(
                price -> assets.put(new SourceAsset(price.getSource(), price.getSourceAssetId()), price.getAssetId()));
        identity.correct(assets);
    }

    /** What was told a while ago and is to be told again. */
    Mono<Again> again() {
        return Mono.zip(again(moved), again(replayed), Again::new);
    }

    private Mono<List<Price>> again(Tellings tellings) {
        return Mono.defer(() -> {
            Set<LatestKey> arrived = tellings.arrived(clock.instant());
            return arrived.isEmpty()
                    ? Mono.just(List.of())
                    : moves.latest(arrived).map(newest -> tellings.toTellAgain(newest, clock.instant()));
        });
    }

    /** The events of a batch that ends now, and before them what is told out of turn. */
    List<Event<?>> with(
            Again again, List<List<Price>> justMoved, List<Observation> justReplayed, List<Event<?>> events) {
        List<Price> allMoved =
                told.told(justMoved.stream().flatMap(List::stream).toList());
        told.told(again.moved);
        Instant now = clock.instant();
        moved.toldAgain(again.moved, now);
        moved.told(allMoved, now);
        replayed.toldAgain(again.replayed, now);
        replayed.told(NormalizedEvents.latestOf(justReplayed, events), now);
        return NormalizedEvents.withMoved(
                NormalizedEvents.withMoved(NormalizedEvents.withLatest(events, again.replayed), again.moved), allMoved);
    }

    /**
     * What is to be told again.
     *
     * @param moved under the asset that it is of by now
     * @param replayed as the latest of its key
     */
    record Again(List<Price> moved, List<Price> replayed) {}
}
