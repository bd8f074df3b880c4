package io.pricewire.query.about;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What this is.
 *
 * @param attribution whose data it is, in the words that they ask for
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AboutView(String name, String version, Links links, List<Attribution> attribution) {

    public static AboutView of(String version) {
        return new AboutView("Pricewire", version, Links.ALL, Attribution.ALL);
    }

    /** Where to go on. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Links(
            String prices,
            String reference,
            String stream,
            String assets,
            String symbols,
            String metrics,
            String data,
            String stats,
            String quality,
            String sources,
            String runs,
            String rejected,
            String health,
            String openapi,
            String docs) {

        static final Links ALL = new Links(
                "/api/v1/prices",
                "/api/v1/prices/reference",
                "/api/v1/stream/prices",
                "/api/v1/assets",
                "/api/v1/symbols",
                "/api/v1/metrics",
                "/api/v1/data",
                "/api/v1/stats",
                "/api/v1/quality",
                "/api/v1/sources",
                "/api/v1/runs",
                "/api/v1/rejected",
                "/api/v1/health",
                "/openapi.json",
                "/docs");
    }

    /** Whose data it is. */
    public record Attribution(String source, String text, String url) {

        static final List<Attribution> ALL = List.of(
                new Attribution("coingecko", "Data provided by CoinGecko", "https://www.coingecko.com"),
                new Attribution("coinpaprika", "CoinPaprika", "https://coinpaprika.com"));
    }
}
