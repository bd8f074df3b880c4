package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.store.CandleSettings;
import io.pricewire.normalizer.store.Candles;
import io.pricewire.normalizer.store.Candles.Tick;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Keeps candles of reference prices: of each that is computed, whether it is published or not, at the time at which it is
 * computed. One that is stale says nothing of that time, and is in none; nor is a jump that is not confirmed, because what is
 * in a candle once cannot be taken out of it.
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
                        .filter(price -> price.reference().status() != Status.STALE && !price.unconfirmed())
                        .map(ReferenceCandles::tick)
                        .toList())
                : Mono.empty();
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
