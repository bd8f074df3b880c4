package io.pricewire.query.prices;

import io.pricewire.proto.Canary;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which prices are asked for, by what they are prices of. Everything that is not given matches, but for the canary. */
public final class WantedPrices {

    private static final Parameter<Set<String>> ASSET = Parameter.list("asset", "Only of these assets, by their ids.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only of assets that bear one of these symbols.");
    /** Only from these sources. */
    public static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");

    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");

    /** What says which they are. */
    public static final Parameters PARAMETERS = Parameters.of(ASSET, SYMBOL, SOURCE, QUOTE);

    private final @Nullable Set<String> assets;
    private final @Nullable Set<String> symbols;
    private final @Nullable Set<String> sources;
    private final @Nullable Set<String> quotes;

    public WantedPrices(Arguments arguments) {
        this.assets = arguments.find(ASSET);
        this.symbols = arguments.find(SYMBOL);
        this.sources = arguments.find(SOURCE);
        this.quotes = arguments.find(QUOTE);
    }

    public boolean matches(KnownPrice price) {
        return matches(price.assetId(), price.symbolInCapitals(), price.quote())
                && (sources == null ? !Canary.isCanary(price.source()) : sources.contains(price.source()));
    }

    /** Whether prices of this are asked for, whoever says them. */
    public boolean matches(String asset, String symbolInCapitals, String quote) {
        return isIn(assets, asset) && isIn(symbols, symbolInCapitals) && isIn(quotes, quote);
    }

    private static boolean isIn(@Nullable Set<String> wanted, String value) {
        return wanted == null || wanted.contains(value);
    }
}
