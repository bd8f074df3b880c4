package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known by its symbol alone is the asset that clearly dominates that symbol: the one on the curated list, or the
 * one whose market cap is a multiple of that of the next; else it is ambiguous.
 */
final class DominantSymbol implements Evidence {

    private final CuratedAssets curated;
    private final BigDecimal multiple;

    /**
     * @param multiple how many times the market cap of the next an asset has to have
     */
    DominantSymbol(CuratedAssets curated, BigDecimal multiple) {
        this.curated = curated;
        this.multiple = multiple;
    }

    @Override
    public @Nullable Finding examine(Described described, Directory directory) {
        if (!described.isSymbolOnly()) {
            return null;
        }
        CuratedAssets.Entry entry = curated.withSymbol(described.symbol());
        if (entry != null) {
            return Finding.of(Method.DOMINANT_SYMBOL, entry.assetId(), Map.of("list", "curated"));
        }
        List<Map.Entry<String, BigDecimal>> byCap = marketCaps(described, directory);
        if (byCap.isEmpty()) {
            return Finding.ambiguous(Method.DOMINANT_SYMBOL, Map.of("reason", "unknown_symbol"));
        }
        BigDecimal largest = byCap.getFirst().getValue();
        BigDecimal next = byCap.size() == 1 ? BigDecimal.ZERO : byCap.get(1).getValue();
        if (largest.signum() > 0 && largest.compareTo(next.multiply(multiple)) >= 0) {
            return Finding.of(
                    Method.DOMINANT_SYMBOL,
                    byCap.getFirst().getKey(),
                    Map.of("market_cap", largest.toPlainString(), "next_market_cap", next.toPlainString()));
        }
        return Finding.ambiguous(
                Method.DOMINANT_SYMBOL,
                Map.of(
                        "reason",
                        "no_asset_dominates",
                        "assets",
                        byCap.stream().limit(10).map(Map.Entry::getKey).collect(Collectors.joining(" "))));
    }

    /** The largest market cap that any source gives each asset of the symbol, the largest first; 0 where none gives one in dollars. */
    private static List<Map.Entry<String, BigDecimal>> marketCaps(Described described, Directory directory) {
        return directory.withSymbol(described.symbol()).stream()
                .filter(known -> !known.description().key().equals(described.key()))
                .filter(known -> !known.description().isSymbolOnly())
                .collect(Collectors.toMap(known -> known.alias().assetId(), DominantSymbol::marketCap, BigDecimal::max))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static BigDecimal marketCap(Known known) {
        BigDecimal marketCap = known.description().marketCap();
        boolean isComparable = known.description().quote().equals("USD");
        return marketCap == null || !isComparable ? BigDecimal.ZERO : marketCap;
    }
}
