package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known by its symbol alone is the asset that clearly dominates that symbol: the one on the curated list, or the
 * one whose market cap is a multiple of that of the next; else it is ambiguous.
 */
final class DominantSymbol implements Evidence {

    private static final int MOST_NAMED = 10;
    private static final Comparator<Known> LARGEST_FIRST = Comparator.comparing(
                    DominantSymbol::marketCap, Comparator.reverseOrder())
            .thenComparing(known -> known.alias().assetId())
            .thenComparing(known -> known.description().key());

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
        List<Known> byCap = largestOfEachAsset(described, directory);
        if (byCap.isEmpty()) {
            return Finding.ambiguous(Method.DOMINANT_SYMBOL, Map.of("reason", "unknown_symbol"));
        }
        Known largest = byCap.getFirst();
        BigDecimal next = byCap.size() == 1 ? BigDecimal.ZERO : marketCap(byCap.get(1));
        return dominates(marketCap(largest), next)
                ? Finding.of(Method.DOMINANT_SYMBOL, largest.alias().assetId(), details(largest, next))
                : Finding.ambiguous(
                        Method.DOMINANT_SYMBOL, Map.of("reason", "no_asset_dominates", "assets", assets(byCap)));
    }

    private boolean dominates(BigDecimal marketCap, BigDecimal next) {
        return marketCap.signum() > 0 && marketCap.compareTo(next.multiply(multiple)) >= 0;
    }

    private static Map<String, String> details(Known largest, BigDecimal next) {
        Map<String, String> details = new HashMap<>(largest.named());
        details.put("market_cap", marketCap(largest).toPlainString());
        details.put("next_market_cap", next.toPlainString());
        return details;
    }

    private static String assets(List<Known> byCap) {
        return byCap.stream()
                .limit(MOST_NAMED)
                .map(known -> known.alias().assetId())
                .collect(Collectors.joining(" "));
    }

    /** Of each asset of the symbol that which any source gives the largest market cap, the largest first. */
    private static List<Known> largestOfEachAsset(Described described, Directory directory) {
        return directory.withSymbol(described.symbol()).stream()
                .filter(known -> !known.description().key().equals(described.key()))
                .filter(known -> !known.description().isSymbolOnly())
                .sorted(LARGEST_FIRST)
                .collect(Collectors.toMap(
                        known -> known.alias().assetId(),
                        known -> known,
                        (larger, other) -> larger,
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** 0 where there is none in dollars. */
    private static BigDecimal marketCap(Known known) {
        BigDecimal marketCap = known.description().marketCap();
        boolean isComparable = known.description().quote().equals("USD");
        return marketCap == null || !isComparable ? BigDecimal.ZERO : marketCap;
    }
}
