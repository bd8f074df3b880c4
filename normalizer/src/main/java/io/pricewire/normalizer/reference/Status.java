package io.pricewire.normalizer.reference;

import java.util.Locale;

/** How far a reference price can be relied on. Of several that apply, the last. */
enum Status {
    /** Enough fresh sources are used, they agree, and no fresh one is excluded as an outlier. */
    OK,
    /** Fewer sources are used than enough, or a fresh one is excluded as an outlier. */
    DEGRADED,
    /** The prices used range over more than those may that agree: {@code (highest - lowest) / price > agreement}. */
    DIVERGENT,
    /** No source is fresh. */
    STALE;

    /** As it is called in tables and in the API. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
