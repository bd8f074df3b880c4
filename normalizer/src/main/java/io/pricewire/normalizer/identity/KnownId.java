package io.pricewire.normalizer.identity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files often name assets by the ids of a source that made them up: {@code btc-bitcoin}. Such an id is as good as the
 * source's own, unless the symbol says that something else is meant, or two sources have given it to two assets.
 */
final class KnownId implements Evidence {

    private final CuratedAssets curated;

    KnownId(CuratedAssets curated) {
        this.curated = curated;
    }

    @Override
    public @Nullable Finding examine(Described described, Directory directory) {
        if (!described.key().isFromFile()) {
            return null;
        }
        String id = described.key().sourceAssetId();
        List<Known> owners = directory.withId(id).stream()
                .filter(known -> !known.description().key().isFromFile())
                .filter(known ->
                        isSameSymbol(described.symbol(), known.description().symbol()))
                .toList();
        List<String> assets =
                owners.stream().map(known -> known.alias().assetId()).distinct().toList();
        if (assets.size() == 1) {
            return Finding.of(
                    Method.KNOWN_ID, assets.getFirst(), owners.getFirst().named());
        }
        if (assets.size() > 1) {
            return Finding.ambiguous(Method.KNOWN_ID, Map.of("assets", String.join(" ", assets)));
        }
        CuratedAssets.Entry entry = curated.withId(id);
        return entry != null && isSameSymbol(described.symbol(), entry.symbol())
                ? Finding.of(Method.KNOWN_ID, entry.assetId(), Map.of("source", "curated"))
                : null;
    }

    private static boolean isSameSymbol(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
