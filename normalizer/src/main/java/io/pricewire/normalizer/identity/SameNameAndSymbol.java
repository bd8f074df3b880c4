package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two sources that each have one asset of a name and a symbol mean the same one, unless they saw prices within an hour of
 * each other that do not agree.
 */
final class SameNameAndSymbol implements Evidence {

    private static final Duration COMPARABLE_WITHIN = Duration.ofHours(1);

    private final BigDecimal tolerance;

    /**
     * @param tolerance by how much of the smaller one two prices may differ
     */
    SameNameAndSymbol(BigDecimal tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public @Nullable Finding examine(Described described, Directory directory) {
        List<Known> equals = directory.withTitleOf(described).stream()
                .filter(known -> !known.description().key().equals(described.key()))
                .toList();
        if (equals.isEmpty()) {
            return null;
        }
        List<String> assets =
                equals.stream().map(known -> known.alias().assetId()).distinct().toList();
        if (assets.size() > 1 || !isUniqueInEachSource(described, equals)) {
            return Finding.ambiguous(
                    Method.NAME_AND_SYMBOL, Map.of("reason", "not_unique", "assets", String.join(" ", assets)));
        }
        return switch (comparePrices(described, equals)) {
            case AGREE -> Finding.of(Method.NAME_AND_SYMBOL, assets.getFirst(), Map.of("price", "agrees"));
            case NOT_COMPARED ->
                Finding.of(Method.NAME_AND_SYMBOL, assets.getFirst(), Map.of("price", "price_not_compared"));
            case DIFFER ->
                Finding.ambiguous(
                        Method.NAME_AND_SYMBOL, Map.of("reason", "prices_differ", "assets", assets.getFirst()));
        };
    }

    private static boolean isUniqueInEachSource(Described described, List<Known> equals) {
        List<String> sources =
                equals.stream().map(known -> known.description().key().source()).toList();
        return sources.stream().distinct().count() == sources.size()
                && !sources.contains(described.key().source());
    }

    private Comparison comparePrices(Described described, List<Known> equals) {
        List<Comparison> comparisons = equals.stream()
                .map(known -> compare(described, known.description()))
                .toList();
        if (comparisons.contains(Comparison.DIFFER)) {
            return Comparison.DIFFER;
        }
        return comparisons.contains(Comparison.AGREE) ? Comparison.AGREE : Comparison.NOT_COMPARED;
    }

    private Comparison compare(Described one, Described other) {
        BigDecimal price = one.price();
        BigDecimal otherPrice = other.price();
        if (price == null || otherPrice == null || !one.quote().equals(other.quote()) || !isSameTime(one, other)) {
            return Comparison.NOT_COMPARED;
        }
        BigDecimal smaller = price.min(otherPrice);
        BigDecimal difference = price.subtract(otherPrice).abs();
        return difference.compareTo(smaller.multiply(tolerance, MathContext.DECIMAL128)) <= 0
                ? Comparison.AGREE
                : Comparison.DIFFER;
    }

    private static boolean isSameTime(Described one, Described other) {
        Instant time = one.observedAt();
        Instant otherTime = other.observedAt();
        return time != null
                && otherTime != null
                && Duration.between(time, otherTime).abs().compareTo(COMPARABLE_WITHIN) <= 0;
    }

    private enum Comparison {
        AGREE,
        DIFFER,
        NOT_COMPARED
    }
}
