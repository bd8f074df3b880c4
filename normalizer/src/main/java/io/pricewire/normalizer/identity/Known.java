package io.pricewire.normalizer.identity;

import java.util.Map;

/**
 * Something that was decided already.
 *
 * @param description what is known of it
 * @param alias what was decided
 */
record Known(Described description, Alias alias) {

    /** How evidence names it, so that what rests on it is found. */
    Map<String, String> named() {
        return Map.of(
                "source",
                description.key().source(),
                "source_asset_id",
                description.key().sourceAssetId());
    }
}
