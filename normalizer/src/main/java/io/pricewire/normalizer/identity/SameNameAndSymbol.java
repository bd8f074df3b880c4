package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.identity.PriceComparison.Outcome;
import io.pricewire.normalizer.identity.PriceComparison.Result;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two sources that each have one asset of a name and a symbol mean the same one, unless they saw prices within an hour of
 * each other that do not agree.
 */
final class SameNameAndSymbol implements Evidence {

    private final PriceComparison prices;

    /**
     * @param tolerance by how much of the smaller one two prices may differ
     */
    SameNameAndSymbol(BigDecimal tolerance) {
        this.prices = new PriceComparison(tolerance);
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
        List<Outcome> outcomes = equals.stream()
                .map(known -> prices.compare(described, known.description(), directory.rates()))
                .toList();
        return finding(assets.getFirst(), outcomes);
    }

    private static boolean isUniqueInEachSource(Described described, List<Known> equals) {
        List<String> sources =
                equals.stream().map(known -> known.description().key().source()).toList();
        return sources.stream().distinct().count() == sources.size()
                && !sources.contains(described.key().source());
    }

    /** One price that differs is enough. */
    private static Finding finding(String asset, List<Outcome> outcomes) {
        if (has(Result.DIFFER, outcomes)) {
            return Finding.ambiguous(
                    Method.NAME_AND_SYMBOL,
                    details(Map.of("reason", "prices_differ", "assets", asset), Result.DIFFER, outcomes));
        }
        return has(Result.AGREE, outcomes)
                ? Finding.of(Method.NAME_AND_SYMBOL, asset, details(Map.of("price", "agrees"), Result.AGREE, outcomes))
                : Finding.of(Method.NAME_AND_SYMBOL, asset, Map.of("price", "price_not_compared"));
    }

    private static boolean has(Result result, List<Outcome> outcomes) {
        return outcomes.stream().anyMatch(outcome -> outcome.result() == result);
    }

    private static Map<String, String> details(Map<String, String> found, Result result, List<Outcome> outcomes) {
        String rates = outcomes.stream()
                .filter(outcome -> outcome.result() == result)
                .flatMap(outcome -> outcome.convertedThrough().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        Map<String, String> details = new HashMap<>(found);
        if (!rates.isEmpty()) {
            details.put("converted_through", rates);
        }
        return details;
    }
}
