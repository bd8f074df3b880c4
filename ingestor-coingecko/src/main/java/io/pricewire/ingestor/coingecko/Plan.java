package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.CallBudget;
import java.net.URI;
import java.util.Locale;

/** What CoinGecko offers: to whom, where, and how much of it. */
enum Plan {
    /** Without a key. The limit is per address and shared; users saw 10 to 30 calls a minute. */
    KEYLESS("https://api.coingecko.com/api/v3", "", 10, 0),
    /** With the key of a free account. Documented are 100 calls a minute, reported fewer. */
    DEMO("https://api.coingecko.com/api/v3", "x-cg-demo-api-key", 30, 10_000),
    /** With the key of a paid account; the smallest one. */
    PRO("https://pro-api.coingecko.com/api/v3", "x-cg-pro-api-key", 250, 100_000);

    private final URI url;
    private final String keyHeader;
    private final int callsPerMinute;
    private final int callsPerMonth;

    Plan(String url, String keyHeader, int callsPerMinute, int callsPerMonth) {
        this.url = URI.create(url);
        this.keyHeader = keyHeader;
        this.callsPerMinute = callsPerMinute;
        this.callsPerMonth = callsPerMonth;
    }

    URI url() {
        return url;
    }

    boolean needsKey() {
        return !keyHeader.isEmpty();
    }

    String keyHeader() {
        return keyHeader;
    }

    CallBudget budget() {
        return new CallBudget(callsPerMinute, callsPerMonth);
    }

    /**
     * CoinGecko refuses a key on the host of another plan.
     *
     * @throws IllegalArgumentException where the address is that of another plan
     */
    void requireHost(URI address) {
        for (Plan other : values()) {
            if (!other.url.getHost().equals(url.getHost())
                    && other.url.getHost().equals(address.getHost())) {
                throw new IllegalArgumentException(
                        "COINGECKO_API_URL is %s, which is not where the plan %s is; that takes %s"
                                .formatted(address, name().toLowerCase(Locale.ROOT), url));
            }
        }
    }
}
