package io.pricewire.normalizer.identity;

import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of something that a source names, as far as it can be evidence of which asset that is.
 *
 * @param key what the source calls it
 * @param symbol in upper case; empty where there is none
 * @param name as the source writes it; empty where there is none
 * @param quote the currency of the price and of the market cap
 * @param price the newest one that is known; null where none is
 * @param marketCap the newest one that is known; null where none is
 * @param observedAt when the price was seen; null where none is known
 * @param contracts {@code chain/address} of each contract that it has
 */
record Described(
        SourceAsset key,
        String symbol,
        String name,
        String quote,
        @Nullable BigDecimal price,
        @Nullable BigDecimal marketCap,
        @Nullable Instant observedAt,
        Set<String> contracts) {

    Described {
        contracts = Set.copyOf(contracts);
    }

    static Described of(Observation observation, Set<String> contracts) {
        return new Described(
                new SourceAsset(observation.source(), observation.sourceAssetId()),
                observation.symbol(),
                observation.name(),
                observation.quote(),
                observation.figures().get(Figure.PRICE),
                observation.figures().get(Figure.MARKET_CAP),
                observation.observedAt(),
                contracts);
    }

    /** What two descriptions have in common that are equal in name and symbol. */
    String title() {
        return title(symbol, name);
    }

    static String title(String symbol, String name) {
        return symbol.toUpperCase(Locale.ROOT) + " "
                + name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** Whether the symbol is all that tells what it is. */
    boolean isSymbolOnly() {
        boolean isNamedLikeSymbol = key.isFromFile()
                && name.strip().equalsIgnoreCase(symbol)
                && key.sourceAssetId().equalsIgnoreCase(symbol);
        return !symbol.isEmpty() && (name.isBlank() || isNamedLikeSymbol);
    }
}
