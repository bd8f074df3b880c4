package io.pricewire.ingestor.coingecko;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page in one quote currency. As a position it is written {@code USD:2}.
 *
 * @param page from 1
 */
record Step(String quote, int page) {

    /** The position after all pages. */
    static final String END = "end";

    /** Where to go on: at the beginning where the position tells nothing, or a currency that is not asked for any more. */
    static Step at(@Nullable String position, List<String> quotes) {
        if (position != null && position.matches("[A-Z0-9]+:\\d{1,6}")) {
            String[] parts = position.split(":", -1);
            if (quotes.contains(parts[0])) {
                return new Step(parts[0], Integer.parseInt(parts[1]));
            }
        }
        return new Step(quotes.getFirst(), 1);
    }

    /** The next page, or the next currency's first; null after the last. */
    @Nullable Step next(boolean isLastPage, List<String> quotes) {
        if (!isLastPage) {
            return new Step(quote, page + 1);
        }
        int next = quotes.indexOf(quote) + 1;
        return next < quotes.size() ? new Step(quotes.get(next), 1) : null;
    }

    String position() {
        return quote + ":" + page;
    }
}
