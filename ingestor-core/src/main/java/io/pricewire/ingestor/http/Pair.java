package io.pricewire.ingestor.http;

import java.util.Locale;

/**
 * What an exchange trades: a price of one thing in another.
 *
 * @param asset the exchange's id of the one, in upper case
 * @param quote the code of the other, in upper case
 */
public record Pair(String asset, String quote) {

    /** That of a record which does not say what it is about. */
    static final Pair UNKNOWN = new Pair("", "USD");

    public Pair {
        asset = asset.toUpperCase(Locale.ROOT);
        quote = quote.toUpperCase(Locale.ROOT);
    }

    /** Whether it can be kept: an exchange does not always say what its pairs are made of. */
    public boolean isWhole() {
        return Pairs.isName(asset) && Pairs.isName(quote);
    }
}
