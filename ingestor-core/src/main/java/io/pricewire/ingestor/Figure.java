package io.pricewire.ingestor;

import java.util.Locale;

/** The numbers that an observation may have. Amounts are in the quote currency unless it is said otherwise. */
public enum Figure {
    /** The price of one unit of the asset; for a bar, its close. */
    PRICE,
    /** The bar's first price; only for bars. */
    OPEN,
    /** The bar's highest price; only for bars. */
    HIGH,
    /** The bar's lowest price; only for bars. */
    LOW,
    /** What was traded within the bar, in units of the asset; only for bars. */
    VOLUME_BASE,
    /** What was traded within the bar; only for bars. */
    VOLUME_QUOTE,
    MARKET_CAP,
    FULLY_DILUTED_VALUATION,
    /** What was traded in the 24 hours before the observation. */
    VOLUME_24H,
    BID,
    ASK,
    HIGH_24H,
    LOW_24H,
    /** The change over the 24 hours before the observation, in percent. */
    CHANGE_24H_PCT,
    /** The position by market cap, a whole number from 1. */
    RANK,
    /** Units of the asset. */
    CIRCULATING_SUPPLY,
    /** Units of the asset. */
    TOTAL_SUPPLY,
    /** Units of the asset. */
    MAX_SUPPLY,
    ALL_TIME_HIGH,
    ALL_TIME_LOW;

    private final String field = name().toLowerCase(Locale.ROOT);

    /** What it is called in tables and in the API. */
    public String field() {
        return field;
    }
}
