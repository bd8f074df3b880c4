package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the prices of two things that were seen within an hour of each other. Prices in two currencies are compared in
 * dollars, through rates that are stored, and the outcome says so; without them they are not compared.
 */
final class PriceComparison {

    private static final Duration COMPARABLE_WITHIN = Duration.ofHours(1);
    private static final Outcome NOT_COMPARED = new Outcome(Result.NOT_COMPARED, List.of());
    private static final String DOLLAR = "USD";

    private final BigDecimal tolerance;

    /**
     * @param tolerance by how much of the smaller one two prices may differ
     */
    PriceComparison(BigDecimal tolerance) {
        this.tolerance = tolerance;
    }

    Outcome compare(Described one, Described other, Rates rates) {
        BigDecimal price = one.price();
        BigDecimal otherPrice = other.price();
        if (price == null || otherPrice == null || !isSameTime(one, other)) {
            return NOT_COMPARED;
        }
        if (one.quote().equals(other.quote())) {
            return new Outcome(result(price, otherPrice), List.of());
        }
        Worth worth = Worth.of(price, one, rates);
        Worth otherWorth = Worth.of(otherPrice, other, rates);
        return worth == null || otherWorth == null
                ? NOT_COMPARED
                : new Outcome(
                        result(worth.dollars, otherWorth.dollars),
                        Stream.concat(worth.through.stream(), otherWorth.through.stream())
                                .toList());
    }

    private Result result(BigDecimal price, BigDecimal other) {
        BigDecimal difference = price.subtract(other).abs();
        return difference.compareTo(price.min(other).multiply(tolerance, MathContext.DECIMAL128)) <= 0
                ? Result.AGREE
                : Result.DIFFER;
    }

    private static boolean isSameTime(Described one, Described other) {
        Instant time = one.observedAt();
        Instant otherTime = other.observedAt();
        return time != null
                && otherTime != null
                && Duration.between(time, otherTime).abs().compareTo(COMPARABLE_WITHIN) <= 0;
    }

    enum Result {
        AGREE,
        DIFFER,
        NOT_COMPARED
    }

    /**
     * What comparing has come to.
     *
     * @param convertedThrough the rates that were used; empty where both prices were in one currency
     */
    record Outcome(Result result, List<String> convertedThrough) {}

    private record Worth(BigDecimal dollars, List<String> through) {

        static @Nullable Worth of(BigDecimal price, Described described, Rates rates) {
            if (described.quote().equals(DOLLAR)) {
                return new Worth(price, List.of());
            }
            Instant time = described.observedAt();
            Rates.Rate rate = time == null ? null : rates.find(described.quote(), time);
            return rate == null ? null : new Worth(price.multiply(rate.price()), List.of(rate.toString()));
        }
    }
}
