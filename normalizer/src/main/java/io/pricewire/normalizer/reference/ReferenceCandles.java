package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.Candles;
import io.pricewire.normalizer.store.Candles.Tick;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Keeps candles of reference prices: of each that is computed, whether it is published or not, at the time at which it is
 * computed. One that is stale says nothing of that time, and is in none. Nor is a jump that a second fresh source could
 * confirm and does not, because what is in a candle once cannot be taken out of it. Where there is one fresh source only,
 * nobody can confirm a jump, and for as long as it is remembered every move would be hidden: there it is in the candles.
 */
final class ReferenceCandles {

    private static final String SOURCE = "reference";

    private final boolean areKept;
    private final Candles candles;

    ReferenceCandles(CandleSettings settings, Candles candles) {
        this.areKept = settings.fromTicks();
        this.candles = candles;
    }

    Mono<Void> merge(List<Computed> computed) {
        return areKept
                ? candles.merge(computed.stream()
                        .filter(ReferenceCandles::isKept)
                        .map(ReferenceCandles::tick)
                        .toList())
                : Mono.empty();
    }

    private static boolean isKept(Computed computed) {
        Reference reference = computed.reference();
        return reference.status() != Status.STALE
                && (!computed.unconfirmed() || reference.used().size() == 1);
    }

    private static Tick tick(Computed computed) {
        ReferenceKey key = computed.key();
        return new Tick(
                SOURCE,
                key.assetId(),
                key.assetId(),
                key.quote(),
                computed.computedAt(),
                computed.reference().price());
    }
}
