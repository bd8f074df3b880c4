package io.pricewire.normalizer.reference;

import java.util.Locale;

/** Why a source that has a price is not used. Where several reasons apply, it is the first of them. */
enum Exclusion {
    /** Its price is a replay of the past. */
    REPLAYED,
    /** It has a newer price of the same asset, under another of its ids. */
    SAME_SOURCE,
    /** Its price is older than it says that its prices may be. */
    STALE,
    /** Of four or more, its price lies outside of Tukey's fences. */
    OUTLIER_IQR,
    /** Of three, its price deviates from two that agree. */
    OUTLIER_OF_THREE;

    /** As it is called in tables and in the API. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isOutlier() {
        return this == OUTLIER_IQR || this == OUTLIER_OF_THREE;
    }
}
