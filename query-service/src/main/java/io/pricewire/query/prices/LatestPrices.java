package io.pricewire.query.prices;

import io.pricewire.proto.v1.Price;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest price of each asset at each source in each quote currency, in memory. One thread puts prices in, any number
 * read them: what they get is one state, of which nothing changes under their hands.
 */
public final class LatestPrices {

    private final DecimalJson json;
    private final Map<PriceKey, KnownPrice> byKey = new HashMap<>();
    private final Map<String, SortedMap<PriceKey, KnownPrice>> byAsset = new HashMap<>();
    private @Nullable State state;
    private volatile boolean isComplete;

    public LatestPrices(DecimalJson json) {
        this.json = json;
    }

    /**
     * Keeps the price if it is as new as the one that is known, or newer; returns it, known or not. Of equal ones, which
     * partitions bring in any order, the one that was published last is kept.
     *
     * @throws RuntimeException where the message breaks its contract
     */
    public synchronized KnownPrice put(Price message, Instant publishedAt) {
        KnownPrice price = new KnownPrice(message, publishedAt, json);
        KnownPrice before = byKey.get(price.key());
        if (before == null || KnownPrice.BY_AGE.compare(price, before) >= 0) {
            byKey.put(price.key(), price);
            if (before != null && !before.assetId().equals(price.assetId())) {
                byAsset.computeIfPresent(before.assetId(), (asset, prices) -> without(price.key(), prices));
            }
            byAsset.computeIfAbsent(price.assetId(), asset -> new TreeMap<>()).put(price.key(), price);
            state = null;
        }
        return price;
    }

    /** A price that is shown to who asks for it by name, and not kept. */
    public KnownPrice unkept(Price message, Instant publishedAt) {
        return new KnownPrice(message, publishedAt, json);
    }

    private static @Nullable SortedMap<PriceKey, KnownPrice> without(
            PriceKey key, SortedMap<PriceKey, KnownPrice> prices) {
        prices.remove(key);
        return prices.isEmpty() ? null : prices;
    }

    /** Says that nothing is missing any more of what was published before this instance started. */
    public void complete() {
        isComplete = true;
    }

    /** Says that prices may be missing from now on. */
    public void loseTouch() {
        isComplete = false;
    }

    /** Whether nothing is missing of what was published before this instance started. */
    public boolean isComplete() {
        return isComplete;
    }

    /** The problem of asking too early. */
    public static ProblemException incomplete() {
        return ProblemException.unavailable("the latest prices are still being read", Duration.ofSeconds(1));
    }

    /** All prices as they are now, in the order in which they are sorted unless it is asked for another. */
    public List<KnownPrice> all() {
        return state().in(PriceOrder.named(PriceOrder.DEFAULT));
    }

    /** All prices as they are now, in no order: cheaper for who only counts them. */
    public List<KnownPrice> unsorted() {
        return Collections.unmodifiableList(Arrays.asList(state().prices));
    }

    /** All prices of an asset as they are now, by source and quote. */
    public synchronized List<KnownPrice> ofAsset(String asset) {
        return List.copyOf(
                byAsset.getOrDefault(asset, Collections.emptySortedMap()).values());
    }

    /**
     * Fails with a problem where prices may be missing.
     *
     * @throws ProblemException that says to come back
     */
    public void requireComplete() {
        if (!isComplete) {
            throw incomplete();
        }
    }

    /** All prices as they are now, in that order too, which are sorted when they are asked for. */
    public Supplier<List<KnownPrice>> allLater() {
        State current = state();
        return () -> current.in(PriceOrder.named(PriceOrder.DEFAULT));
    }

    /** All prices as they are now, in this order. */
    List<KnownPrice> in(PriceOrder<?> order) {
        return state().in(order);
    }

    private synchronized State state() {
        State current = state;
        if (current == null) {
            current = new State(byKey.values().toArray(new KnownPrice[0]));
            state = current;
        }
        return current;
    }

    /** What was known at one moment, sorted when it is first asked for. */
    private static final class State {

        private final KnownPrice[] prices;
        private final Map<String, List<KnownPrice>> sorted = new ConcurrentHashMap<>();

        State(KnownPrice[] prices) {
            this.prices = prices;
        }

        List<KnownPrice> in(PriceOrder<?> order) {
            return sorted.computeIfAbsent(order.name(), name -> {
                KnownPrice[] copy = prices.clone();
                Arrays.sort(copy, order);
                return List.of(copy);
            });
        }
    }
}
