package io.pricewire.normalizer.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What has been decided already, as far as it matters for what is to be decided; grows with each decision. */
final class Directory {

    private final Rates rates;
    private final Map<SourceAsset, Known> byKey = new HashMap<>();
    private final Map<String, List<SourceAsset>> byId = new HashMap<>();
    private final Map<String, List<SourceAsset>> byTitle = new HashMap<>();
    private final Map<String, List<SourceAsset>> bySymbol = new HashMap<>();
    private final Map<String, List<SourceAsset>> byContract = new HashMap<>();

    Directory(Collection<Known> known) {
        this(known, Rates.NONE);
    }

    Directory(Collection<Known> known, Rates rates) {
        this.rates = rates;
        known.forEach(this::put);
    }

    /** What prices in several currencies can be compared through. */
    Rates rates() {
        return rates;
    }

    /** Every decision, as it is now. */
    Map<SourceAsset, Alias> aliases() {
        return byKey.values().stream()
                .collect(Collectors.toMap(known -> known.alias().key(), Known::alias));
    }

    /** What each thing is, as it is decided now. */
    Map<SourceAsset, String> assets() {
        return byKey.values().stream()
                .collect(Collectors.toMap(
                        known -> known.alias().key(), known -> known.alias().assetId()));
    }

    /** Adds it, or puts it in the place of what was decided of the same thing before. */
    void put(Known known) {
        Described description = known.description();
        if (byKey.put(description.key(), known) == null) {
            add(byId, description.key().sourceAssetId(), description);
            add(byTitle, description.title(), description);
            add(bySymbol, description.symbol(), description);
            description.contracts().forEach(contract -> add(byContract, contract, description));
        }
    }

    /** Those that some source gives this id. */
    List<Known> withId(String sourceAssetId) {
        return all(byId, sourceAssetId);
    }

    /** Those that are equal to this in name and symbol, of all sources. */
    List<Known> withTitleOf(Described description) {
        return description.name().isBlank() || description.symbol().isEmpty()
                ? List.of()
                : all(byTitle, description.title());
    }

    List<Known> withSymbol(String symbol) {
        return symbol.isEmpty() ? List.of() : all(bySymbol, symbol);
    }

    List<Known> withContract(String contract) {
        return all(byContract, contract);
    }

    private List<Known> all(Map<String, List<SourceAsset>> index, String value) {
        return index.getOrDefault(value, List.of()).stream()
                .map(byKey::get)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static void add(Map<String, List<SourceAsset>> index, String value, Described description) {
        index.computeIfAbsent(value, key -> new ArrayList<>()).add(description.key());
    }
}
