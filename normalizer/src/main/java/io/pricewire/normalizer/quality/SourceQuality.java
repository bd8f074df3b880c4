package io.pricewire.normalizer.quality;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a source within a window, each from 0 to 1; null where nothing is known to judge by.
 *
 * @param window {@code 1h} or {@code 24h}
 */
record SourceQuality(
        String source,
        String window,
        @Nullable BigDecimal completeness,
        @Nullable BigDecimal consistency,
        @Nullable BigDecimal freshness) {}
