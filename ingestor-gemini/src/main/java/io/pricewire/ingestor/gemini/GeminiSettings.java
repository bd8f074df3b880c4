package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.http.Intervals;
import io.pricewire.ingestor.http.Pairs;
import io.pricewire.ingestor.http.WebService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
 * @param callsPerMinute the most; by default 60, and for another address than Gemini's no bound
 * @param callsPerMonth the most in a calendar month; by default no bound
 */
@ConfigurationProperties("pricewire.gemini")
record GeminiSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://api.gemini.com") URI apiUrl,
        @DefaultValue({"btcusd", "ethusd", "solusd"}) List<String> symbols,
        @Nullable Duration pollInterval,
        @Nullable Integer callsPerMinute,
        @Nullable Integer callsPerMonth) {

    /** Gemini allows 120 calls a minute, and recommends no more than one a second. */
    private static final CallBudget PLAN = new CallBudget(60, 0);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(15);

    GeminiSettings {
        symbols = Pairs.require("GEMINI_SYMBOLS", symbols);
        WebService.requireAddress("GEMINI_API_URL", apiUrl);
        Intervals.require("GEMINI_POLL_INTERVAL", pollInterval);
        CallBudget.requireCalls("pricewire.gemini", callsPerMinute, callsPerMonth);
    }

    WebService service() {
        return WebService.of(apiUrl, Map.of(), "gemini.com", PLAN, callsPerMinute, callsPerMonth);
    }

    Duration interval() {
        CallBudget budget = PLAN.or(callsPerMinute, callsPerMonth);
        return pollInterval != null ? pollInterval : budget.interval(1L + symbols.size(), SHORTEST_INTERVAL);
    }
}
