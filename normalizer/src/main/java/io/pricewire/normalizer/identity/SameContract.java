package io.pricewire.normalizer.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A contract has one address on its chain, and no two assets share it. */
final class SameContract implements Evidence {

    @Override
    public @Nullable Finding examine(Described described, Directory directory) {
        for (String contract : new TreeSet<>(described.contracts())) {
            List<String> assets = directory.withContract(contract).stream()
                    .filter(known -> !known.description().key().equals(described.key()))
                    .map(known -> known.alias().assetId())
                    .distinct()
                    .toList();
            if (assets.size() == 1) {
                return Finding.of(Method.CONTRACT, assets.getFirst(), Map.of("contract", contract));
            }
            if (assets.size() > 1) {
                return Finding.ambiguous(
                        Method.CONTRACT, Map.of("contract", contract, "assets", String.join(" ", assets)));
            }
        }
        return null;
    }
}
