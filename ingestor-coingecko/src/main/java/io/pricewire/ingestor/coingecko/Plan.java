package io.pricewire.ingestor.coingecko;

import java.net.URI;

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

    int callsPerMinute() {
        return callsPerMinute;
    }

    /** 0 where the month has no bound. */
    int callsPerMonth() {
        return callsPerMonth;
    }
}
