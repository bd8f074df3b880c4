package io.pricewire.normalizer.identity;

import java.util.Locale;

/** What a decision rests on, the strongest first. */
public enum Method {
    /** An operator said so. */
    OPERATOR,
    /** The id is one that another source gives its own assets. */
    KNOWN_ID,
    /** Both have the same contract on the same chain. */
    CONTRACT,
    /** The list of the most traded assets has it. */
    CURATED,
    /** Name and symbol are equal, and each source has one such asset only. */
    NAME_AND_SYMBOL,
    /** Only a symbol is known, and one asset clearly dominates all that bear it. */
    DOMINANT_SYMBOL,
    /** An asset of its own, for want of evidence. */
    OWN;

    /** As it stands in the table and in the API. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Method of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
