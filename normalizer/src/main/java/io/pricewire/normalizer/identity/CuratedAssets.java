package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The list of the most traded assets, with what the sources call each: evidence that was looked up by hand. */
final class CuratedAssets implements Evidence {

    private static final String RESOURCE = "curated-assets.csv";
    private static final String NONE = "";
    private static final String COINGECKO = "coingecko";
    private static final String COINPAPRIKA = "coinpaprika";
    private static final Set<String> KNOWN_SOURCES = Set.of(COINGECKO, COINPAPRIKA);

    private final Map<String, Entry> byAsset = new HashMap<>();
    private final Map<String, Entry> byTitle = new HashMap<>();
    private final Map<SourceAsset, Entry> byKey = new HashMap<>();
    private final Map<String, Set<Entry>> byId = new HashMap<>();
    private final Map<String, List<Entry>> bySymbol = new HashMap<>();

    private CuratedAssets() {}

    /** The list that comes with this version. */
    static CuratedAssets load() {
        CuratedAssets assets = new CuratedAssets();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                requireNonNull(CuratedAssets.class.getResourceAsStream(RESOURCE), RESOURCE), StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(assets::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return assets;
    }

    /** The asset that some source gives this id; null where none does, or two give it to two assets. */
    @Nullable Entry withId(String sourceAssetId) {
        Set<Entry> found = byId.getOrDefault(sourceAssetId, Set.of());
        return found.size() == 1 ? found.iterator().next() : null;
    }

    /** The asset of this symbol; null where none bears it, or several do. */
    @Nullable Entry withSymbol(String symbol) {
        List<Entry> found = bySymbol.getOrDefault(symbol, List.of());
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** The asset of this id; null where it is not on the list. */
    @Nullable Entry asset(String assetId) {
        return byAsset.get(assetId);
    }

    /** What the list says of the two sources that it knows, and of others that give an asset its name and symbol. */
    @Override
    public @Nullable Finding examine(Described described, Directory directory) {
        Entry entry = KNOWN_SOURCES.contains(described.key().source())
                ? byKey.get(described.key())
                : byTitle.get(described.title());
        return entry == null ? null : Finding.of(Method.CURATED, entry.assetId(), Map.of());
    }

    private void add(String line) {
        String[] cells = line.split(",", -1);
        Entry entry = new Entry(cells[0], cells[1], cells[2]);
        byAsset.put(entry.assetId(), entry);
        byTitle.put(Described.title(entry.symbol(), entry.name()), entry);
        bySymbol.computeIfAbsent(entry.symbol(), symbol -> new ArrayList<>()).add(entry);
        add(new SourceAsset(COINGECKO, cells[3]), entry);
        add(new SourceAsset(COINPAPRIKA, cells[4]), entry);
    }

    private void add(SourceAsset key, Entry entry) {
        if (!key.sourceAssetId().equals(NONE)) {
            byKey.put(key, entry);
            byId.computeIfAbsent(key.sourceAssetId(), id -> new TreeSet<>()).add(entry);
        }
    }

    /**
     * One of the assets.
     *
     * @param assetId its canonical id
     * @param symbol in upper case
     */
    record Entry(String assetId, String symbol, String name) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return assetId.compareTo(other.assetId);
        }
    }
}
