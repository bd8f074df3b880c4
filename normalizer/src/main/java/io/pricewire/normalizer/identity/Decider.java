package io.pricewire.normalizer.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides by evidence, the strongest kind first; never by a symbol alone. Without evidence a thing is an asset of its
 * own. A decision by name and symbol is taken back when a second thing of that name and symbol comes up.
 */
final class Decider {

    private static final String PRICEWIRE = "pricewire";

    /** Those that name their assets by full descriptions come before those that only have a symbol. */
    private static final Comparator<Described> BEST_DESCRIBED_FIRST = Comparator.comparing(Described::isSymbolOnly)
            .thenComparing(described -> described.key().isFromFile())
            .thenComparing(Described::key);

    private final List<Evidence> kinds;

    Decider(IdentitySettings settings, CuratedAssets curated) {
        this.kinds = List.of(
                new KnownId(curated),
                new SameContract(),
                curated,
                new SameNameAndSymbol(settings.priceTolerance()),
                new DominantSymbol(curated, settings.dominance()));
    }

    /**
     * Decides what each of these is.
     *
     * @param directory what was decided before that bears on it; the decisions are added to it
     * @return the decisions, also those of before that are changed by them
     */
    Collection<Alias> decide(Collection<Described> unknown, Directory directory, Instant now) {
        Map<SourceAsset, Alias> decisions = new TreeMap<>();
        for (Described described : unknown.stream().sorted(BEST_DESCRIBED_FIRST).toList()) {
            Alias alias = decide(described, directory, now);
            directory.put(new Known(described, alias));
            decisions.put(alias.key(), alias);
            for (Alias changed : takeBack(described, alias, directory, now)) {
                decisions.put(changed.key(), changed);
            }
        }
        return decisions.values();
    }

    private Alias decide(Described described, Directory directory, Instant now) {
        for (Evidence kind : kinds) {
            Evidence.Finding finding = kind.examine(described, directory);
            if (finding != null) {
                return alias(described, finding, now);
            }
        }
        return alias(described, new Evidence.Finding(Method.OWN, Alias.ownAsset(described.key()), Map.of()), now);
    }

    private static Alias alias(Described described, Evidence.Finding finding, Instant now) {
        String assetId = finding.assetId();
        boolean isAmbiguous = assetId == null;
        return new Alias(
                described.key(),
                assetId == null ? Alias.ownAsset(described.key()) : assetId,
                described.symbol(),
                described.name(),
                isAmbiguous ? Method.OWN : finding.method(),
                isAmbiguous,
                finding.details(),
                PRICEWIRE,
                now);
    }

    /** Where name and symbol turn out not to be unique, what was decided by them is an asset of its own again. */
    private static List<Alias> takeBack(Described described, Alias alias, Directory directory, Instant now) {
        if (!alias.isAmbiguous() || !"not_unique".equals(alias.evidence().get("reason"))) {
            return List.of();
        }
        List<Alias> changed = new ArrayList<>();
        for (Known known : directory.withTitleOf(described)) {
            if (known.alias().method() == Method.NAME_AND_SYMBOL) {
                Alias own = alias(
                        known.description(), Evidence.Finding.ambiguous(Method.NAME_AND_SYMBOL, alias.evidence()), now);
                directory.put(new Known(known.description(), own));
                changed.add(own);
            }
        }
        return changed;
    }
}
