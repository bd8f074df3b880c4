package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.http.Coins;
import io.pricewire.ingestor.http.Intervals;
import io.pricewire.ingestor.http.Quotes;
import io.pricewire.ingestor.http.WebService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of CoinPaprika, and as whom.
 *
 * @param enabled whether it is asked at all
 * @param apiUrl where it is; by default where those with a key find it, or those without
 * @param apiKey of a paid account; empty for the free plan
 * @param authorizationScheme what stands before the key in the header: nothing, or {@code Bearer}
 * @param coins {@code all}, {@code top:100} by rank, or CoinPaprika's ids with commas between them
 * @param quotes the currencies in which prices are asked for, three in each call
 * @param pollInterval how long after one poll the next begins; by default 5 minutes, with a key 3, or as long as the
 *     budget needs
 * @param callsPerMinute the most; by default no bound, because CoinPaprika sets none
 * @param callsPerMonth the most in a calendar month; by default 20,000, with a key the 400,000 of the smallest plan, and for
 *     another address than CoinPaprika's no bound
 */
@ConfigurationProperties("pricewire.coinpaprika")
record CoinPaprikaSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable URI apiUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("") String authorizationScheme,
        @DefaultValue("all") String coins,
        @DefaultValue("USD") List<String> quotes,
        @Nullable Duration pollInterval,
        @Nullable Integer callsPerMinute,
        @Nullable Integer callsPerMonth) {

    /** CoinPaprika gives no more in one answer. */
    static final int QUOTES_PER_CALL = 3;

    private static final URI FREE = URI.create("https://api.coinpaprika.com/v1");
    private static final URI PAID = URI.create("https://api-pro.coinpaprika.com/v1");

    /** CoinPaprika sets no bound for a minute. */
    private static final CallBudget FREE_BUDGET = new CallBudget(0, 20_000);

    private static final CallBudget PAID_BUDGET = new CallBudget(0, 400_000);

    /** The data of those without a key are 5 to 10 minutes old. */
    private static final Duration FREE_INTERVAL = Duration.ofMinutes(5);

    /** The data of those with a key are 3 minutes old. */
    private static final Duration PAID_INTERVAL = Duration.ofMinutes(3);

    private static final String COINS = "COINPAPRIKA_COINS";

    CoinPaprikaSettings {
        quotes = Quotes.require("COINPAPRIKA_QUOTES", quotes);
        coins = coins.strip();
        Coins.of(COINS, coins);
        if (apiUrl != null) {
            WebService.requireAddress("COINPAPRIKA_API_URL", apiUrl);
        }
        Intervals.require("COINPAPRIKA_POLL_INTERVAL", pollInterval);
        CallBudget.requireCalls("pricewire.coinpaprika", callsPerMinute, callsPerMonth);
    }

    Coins selection() {
        return Coins.of(COINS, coins);
    }

    WebService service() {
        URI url = apiUrl != null ? apiUrl : isFree() ? FREE : PAID;
        String authorization = "%s %s".formatted(authorizationScheme, apiKey).strip();
        Map<String, String> headers = isFree() ? Map.of() : Map.of("Authorization", authorization);
        return WebService.of(url, headers, "coinpaprika.com", plan(), callsPerMinute, callsPerMonth);
    }

    private CallBudget plan() {
        return isFree() ? FREE_BUDGET : PAID_BUDGET;
    }

    Duration interval() {
        if (pollInterval != null) {
            return pollInterval;
        }
        int calls = Math.ceilDiv(quotes.size(), QUOTES_PER_CALL);
        return plan().or(callsPerMinute, callsPerMonth).interval(calls, isFree() ? FREE_INTERVAL : PAID_INTERVAL);
    }

    boolean isFree() {
        return apiKey.isBlank();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CoinPaprikaSettings[%s, %s, %s]".formatted(service().url(), coins, quotes);
    }
}
