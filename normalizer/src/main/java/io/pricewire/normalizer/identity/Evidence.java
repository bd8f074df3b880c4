package io.pricewire.normalizer.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of evidence of which asset a source means. */
interface Evidence {

    /** What it says of this; null where it says nothing. */
    @Nullable Finding examine(Described described, Directory directory);

    /**
     * What evidence says.
     *
     * @param assetId the asset; null where it is evidence against a decision, which leaves the thing ambiguous
     * @param details what was found
     */
    record Finding(Method method, @Nullable String assetId, Map<String, String> details) {

        static Finding of(Method method, String assetId, Map<String, String> details) {
            return new Finding(method, assetId, details);
        }

        static Finding ambiguous(Method method, Map<String, String> details) {
            return new Finding(method, null, details);
        }
    }
}
