package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of a quote currency is worth in dollars, as it was seen and stored. No two currencies are equal, however
 * much one means to be worth the other: without a rate of the same hour nothing can be converted.
 */
final class Rates {

    static final Rates NONE = new Rates(List.of());

    private static final Duration FRESH_WITHIN = Duration.ofHours(1);

    private final List<Rate> rates;

    Rates(Collection<Rate> rates) {
        this.rates = List.copyOf(rates);
    }

    /** The rate that was seen closest to this time; null where none was within an hour of it. */
    @Nullable Rate find(String quote, Instant time) {
        return rates.stream()
                .filter(rate -> rate.quote().equals(quote))
                .filter(rate -> rate.distance(time).compareTo(FRESH_WITHIN) <= 0)
                .min(Comparator.<Rate, Duration>comparing(rate -> rate.distance(time))
                        .thenComparing(Rate::source))
                .orElse(null);
    }

    /**
     * One source's price of a quote currency in dollars.
     *
     * @param quote the currency: {@code USDT}
     * @param source whose price it is
     * @param observedAt when the source saw it
     */
    record Rate(String quote, String source, BigDecimal price, Instant observedAt) {

        private Duration distance(Instant time) {
            return Duration.between(observedAt, time).abs();
        }

        /** As it stands in evidence. */
        @Override
        public String toString() {
            return "%s/USD %s at %s, %s".formatted(quote, price.toPlainString(), source, observedAt);
        }
    }
}
