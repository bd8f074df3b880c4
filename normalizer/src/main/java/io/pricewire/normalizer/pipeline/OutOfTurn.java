package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Event;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.normalizer.store.Moves;
import io.pricewire.proto.v1.Price;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells latest prices that were moved or replayed, and tells them again as long as they may have been outrun. */
final class OutOfTurn {

    private final Moves moves;
    private final Clock clock;
    private final Tellings moved = new Tellings();
    private final Tellings replayed = new Tellings();

    OutOfTurn(Moves moves, Clock clock) {
        this.moves = moves;
        this.clock = clock;
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
    List<Event<?>> with(Again again, List<Price> justMoved, List<Observation> justReplayed, List<Event<?>> events) {
        Instant now = clock.instant();
        moved.toldAgain(again.moved, now);
        moved.told(justMoved, now);
        replayed.toldAgain(again.replayed, now);
        replayed.told(NormalizedEvents.latestOf(justReplayed, events), now);
        return NormalizedEvents.withMoved(
                NormalizedEvents.withMoved(NormalizedEvents.withLatest(events, again.replayed), again.moved),
                justMoved);
    }

    /**
     * What is to be told again.
     *
     * @param moved under the asset that it is of by now
     * @param replayed as the latest of its key
     */
    record Again(List<Price> moved, List<Price> replayed) {}
}
