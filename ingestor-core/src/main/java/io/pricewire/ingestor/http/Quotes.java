package io.pricewire.ingestor.http;

import java.util.List;
import java.util.Locale;

/** The quote currencies that a source is asked for. */
public final class Quotes {

    private Quotes() {}

    /**
     * In upper case, each once.
     *
     * @param name of the setting
     * @throws IllegalArgumentException where there is none, or something that is no currency
     */
    public static List<String> require(String name, List<String> quotes) {
        List<String> all = quotes.stream()
                .map(quote -> quote.strip().toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
        if (all.isEmpty() || !all.stream().allMatch(quote -> quote.matches("[A-Z0-9]{2,10}"))) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; it takes currencies with commas between them, as USD,EUR,BTC"
                            .formatted(name, String.join(",", quotes)));
        }
        return all;
    }
}
