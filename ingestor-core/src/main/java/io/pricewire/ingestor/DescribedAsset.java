package io.pricewire.ingestor;

import java.util.List;
import java.util.Map;

/**
 * What a source says an asset is, apart from its price.
 *
 * @param source the name under which its prices are kept
 * @param sourceAssetId the source's own id of the asset
 * @param symbol the ticker symbol; empty where the source gives none
 * @param name the asset's name; empty where the source gives none
 * @param contracts the address on each chain, by the source's name of the chain
 * @param quotes the currencies in which the source offers its price; empty where it does not say
 */
public record DescribedAsset(
        String source,
        String sourceAssetId,
        String symbol,
        String name,
        Map<String, String> contracts,
        List<String> quotes) {

    public DescribedAsset {
        contracts = Map.copyOf(contracts);
        quotes = List.copyOf(quotes);
    }
}
