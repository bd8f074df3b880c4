package io.pricewire.ingestor.coingecko;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which coins the last whole sweep in each currency found. Pages shift while they are read, so that a coin may stand on none
 * of them; who knows what was there can ask for it. It is kept by this instance only, and lost when that ends: the next
 * sweep finds it out again.
 */
final class FoundCoins {

    /** More than these are not lost between pages. */
    private static final int MOST_MISSING = 5 * Pages.MOST_IDS;

    private final Map<String, Set<String>> byQuote = new ConcurrentHashMap<>();

    /** Those that were there before, and that this sweep did not find. */
    List<String> missing(String quote, Set<String> found) {
        return byQuote.getOrDefault(quote, Set.of()).stream()
                .filter(id -> !found.contains(id))
                .sorted()
                .limit(MOST_MISSING)
                .toList();
    }

    void put(String quote, Set<String> found) {
        byQuote.put(quote, Set.copyOf(found));
    }
}
