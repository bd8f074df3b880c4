package io.pricewire.normalizer.pipeline;

import io.pricewire.normalizer.store.LatestKey;
import io.pricewire.proto.v1.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest prices that were told out of turn: after a move or a replay, and not by the pipeline that has the key's
 * partition. Between the reading of such a price and its publication that pipeline may have published a newer one, or
 * one with the asset of before, and the older would stay the last of its key until the next price. So each is told a
 * second time when the first has arrived for certain, and then looked after until the last that was told is the newest,
 * or until the other pipeline has published something newer after it. Thread-safe.
 */
final class Tellings {

    /** By then a batch is committed or has failed: Kafka's clients give up after 10 seconds, transactions too. */
    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(1);

    /** A key that has had a newer price whenever it was looked at mends itself. */
    private static final int MOST_TIMES = 5;

    private final Map<LatestKey, Telling> open = new HashMap<>();

    /** These are told in the batch that ends now. */
    synchronized void told(Collection<Price> prices, Instant now) {
        prices.forEach(price -> open.put(keyOf(price), new Telling(Version.of(price), now, 1, null)));
    }

    /** These, of those to be told again, are told in the batch that ends now. */
    synchronized void toldAgain(Collection<Price> prices, Instant now) {
        for (Price price : prices) {
            Telling before = open.get(keyOf(price));
            open.put(keyOf(price), new Telling(Version.of(price), now, before == null ? 1 : before.times + 1, null));
        }
    }

    /** Those that have arrived by now, and are to be looked at. */
    synchronized Set<LatestKey> arrived(Instant now) {
        return open.entrySet().stream()
                .filter(entry -> !entry.getValue().at.plus(ARRIVES_WITHIN).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Looks at those that have arrived.
     *
     * @param newest what is the newest of their keys
     * @return those of them that are to be told again
     */
    synchronized List<Price> toTellAgain(Collection<Price> newest, Instant now) {
        return newest.stream().filter(price -> isToBeToldAgain(price, now)).toList();
    }

    private boolean isToBeToldAgain(Price newest, Instant now) {
        LatestKey key = keyOf(newest);
        Version version = Version.of(newest);
        Telling telling = open.get(key);
        if (telling == null) {
            return false;
        }
        if (telling.times == 1 || version.equals(telling.seen)) {
            return true;
        }
        boolean isOutrun = !version.equals(telling.told);
        if (isOutrun && telling.seen == null && telling.times < MOST_TIMES) {
            open.put(key, new Telling(telling.told, now, telling.times, version));
        } else {
            open.remove(key);
        }
        return false;
    }

    static LatestKey keyOf(Price price) {
        return new LatestKey(price.getSource(), price.getSourceAssetId(), price.getQuote());
    }

    /**
     * A price that was told.
     *
     * @param at when it was told, or looked at since
     * @param seen a newer one that was seen when it was looked at; null where none was
     */
    private record Telling(
            Version told, Instant at, int times, @Nullable Version seen) {}

    /** What makes two prices of a key the same. */
    record Version(String eventId, String assetId) {

        static Version of(Price price) {
            return new Version(price.getEventId(), price.getAssetId());
        }
    }
}
