package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.http.Coins;
import io.pricewire.ingestor.http.Intervals;
import io.pricewire.ingestor.http.Quotes;
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
 * What is asked of CoinGecko, and as whom.
 *
 * @param enabled whether it is asked at all
 * @param apiUrl where it is; by default where the plan's customers find it
 * @param apiKey of an account, for the plans that have one
 * @param plan {@code keyless}, {@code demo} or {@code pro}
 * @param coins {@code all}, {@code top:100} by market cap, or CoinGecko's ids with commas between them
 * @param quotes the currencies in which prices are asked for, each for as many calls as the first
 * @param pollInterval how long after one poll the next begins; by default as long as the budget needs
 * @param callsPerMinute the most; by default what the plan allows, and for another address than CoinGecko's no bound
 * @param callsPerMonth the most in a calendar month; by default as for a minute
 */
@ConfigurationProperties("pricewire.coingecko")
record CoinGeckoSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable URI apiUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("keyless") Plan plan,
        @DefaultValue("all") String coins,
        @DefaultValue("USD") List<String> quotes,
        @Nullable Duration pollInterval,
        @Nullable Integer callsPerMinute,
        @Nullable Integer callsPerMonth) {

    /** CoinGecko's answers are some 45 to 60 seconds old; asking more often tells nothing new. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);

    /** What a sweep over all coins needs: CoinGecko has some 17,000. */
    private static final int PAGES_OF_ALL = 70;

    private static final String COINS = "COINGECKO_COINS";

    CoinGeckoSettings {
        quotes = Quotes.require("COINGECKO_QUOTES", quotes);
        coins = coins.strip();
        Coins.of(COINS, coins);
        if (apiUrl != null) {
            WebService.requireAddress("COINGECKO_API_URL", apiUrl);
        }
        if (plan.needsKey() && apiKey.isBlank()) {
            throw new IllegalArgumentException("COINGECKO_PLAN is %s; it takes a COINGECKO_API_KEY"
                    .formatted(plan.name().toLowerCase(Locale.ROOT)));
        }
        if (!plan.needsKey() && !apiKey.isBlank()) {
            throw new IllegalArgumentException(
                    "COINGECKO_API_KEY is set and COINGECKO_PLAN is keyless; a key takes demo or pro");
        }
        Intervals.require("COINGECKO_POLL_INTERVAL", pollInterval);
        CallBudget.requireCalls("pricewire.coingecko", callsPerMinute, callsPerMonth);
        plan.requireHost(apiUrl == null ? plan.url() : apiUrl);
    }

    Coins selection() {
        return Coins.of(COINS, coins);
    }

    WebService service() {
        URI url = apiUrl == null ? plan.url() : apiUrl;
        Map<String, String> headers = plan.needsKey() ? Map.of(plan.keyHeader(), apiKey) : Map.of();
        return WebService.of(url, headers, "coingecko.com", plan.budget(), callsPerMinute, callsPerMonth);
    }

    /** As set, else so that polls keep within the budget. */
    Duration interval() {
        return pollInterval != null
                ? pollInterval
                : plan.budget().or(callsPerMinute, callsPerMonth).interval(callsPerPoll(), SHORTEST_INTERVAL);
    }

    private long callsPerPoll() {
        int pages = switch (selection()) {
            case Coins.All all -> PAGES_OF_ALL;
            case Coins.Top top -> Math.ceilDiv(top.most(), Pages.LONGEST);
            case Coins.Only only -> Math.ceilDiv(only.ids().size(), Pages.MOST_IDS);
        };
        return (long) pages * quotes.size();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CoinGeckoSettings[%s, %s, %s, %s]".formatted(service().url(), plan, coins, quotes);
    }
}
