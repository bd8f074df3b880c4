package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.observation.Observation;
import java.util.Collection;
import java.util.function.Function;

/** What is asked for, as arrays of equal length, and all symbols in it. */
@SuppressWarnings("ArrayRecordComponent") // as they are bound, and read by nobody else
record Asked(String[] sources, String[] ids, String[] symbols) {

    static Asked of(Collection<Observation> observations) {
        return of(observations, Observation::source, Observation::sourceAssetId, Observation::symbol);
    }

    static Asked forDescribed(Collection<Described> described) {
        return of(described, each -> each.key().source(), each -> each.key().sourceAssetId(), Described::symbol);
    }

    static Asked forKeys(Collection<SourceAsset> keys) {
        return of(keys, SourceAsset::source, SourceAsset::sourceAssetId, key -> "");
    }

    private static <T> Asked of(
            Collection<T> all, Function<T, String> source, Function<T, String> id, Function<T, String> symbol) {
        return new Asked(
                all.stream().map(source).toArray(String[]::new),
                all.stream().map(id).toArray(String[]::new),
                all.stream()
                        .map(symbol)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toArray(String[]::new));
    }
}
