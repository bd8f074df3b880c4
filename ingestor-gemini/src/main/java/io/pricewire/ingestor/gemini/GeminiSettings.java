package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.http.Intervals;
import io.pricewire.ingestor.http.WebService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of Gemini. It takes no key.
 *
 * @param enabled whether it is asked at all
 * @param apiUrl where it is
 * @param symbols the pairs whose bid, ask and volume are asked for too, each for one more call; none where it is empty
 * @param pollInterval how long after one poll the next begins; by default 15 seconds, and longer for more pairs
 */
@ConfigurationProperties("pricewire.gemini")
record GeminiSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://api.gemini.com") URI apiUrl,
        @DefaultValue({"btcusd", "ethusd", "solusd"}) List<String> symbols,
        @Nullable Duration pollInterval) {

    /** Gemini allows 120 calls a minute, and recommends no more than one a second. */
    private static final CallBudget BUDGET = new CallBudget(60, 0);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(15);

    GeminiSettings {
        WebService.requireAddress("GEMINI_API_URL", apiUrl);
        Intervals.require("GEMINI_POLL_INTERVAL", pollInterval);
        symbols = symbols.stream()
                .map(symbol -> symbol.strip().toUpperCase(Locale.ROOT))
                .filter(symbol -> !symbol.isEmpty())
                .distinct()
                .toList();
        if (!symbols.stream().allMatch(symbol -> symbol.matches("[A-Z0-9]{4,30}"))) {
            throw new IllegalArgumentException(
                    "GEMINI_SYMBOLS is \"%s\"; it takes pairs with commas between them, as btcusd,ethusd"
                            .formatted(String.join(",", symbols).toLowerCase(Locale.ROOT)));
        }
    }

    WebService service() {
        boolean isTheirs = WebService.isIn("gemini.com", apiUrl);
        return new WebService(apiUrl, Map.of(), isTheirs ? BUDGET : CallBudget.UNBOUNDED);
    }

    Duration interval() {
        return pollInterval != null ? pollInterval : BUDGET.interval(1L + symbols.size(), SHORTEST_INTERVAL);
    }
}
