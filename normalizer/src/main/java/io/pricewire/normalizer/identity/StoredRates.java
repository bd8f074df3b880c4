package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads the rates that prices can be converted through: the latest prices in dollars of what is a quote currency too. */
final class StoredRates {

    private static final String DOLLAR = "USD";

    private static final String RATES =
            "select asset_id, source, price, observed_at from price_latest where quote = 'USD' and asset_id = any($1)";

    private final DatabaseClient client;
    private final CuratedAssets curated;

    StoredRates(DatabaseClient client, CuratedAssets curated) {
        this.client = client;
        this.curated = curated;
    }

    /** The rates that it takes to compare these; none where they are all in one currency. */
    Mono<Rates> between(Collection<Described> described) {
        Set<String> quotes = described.stream()
                .map(Described::quote)
                .filter(quote -> !quote.isEmpty())
                .collect(Collectors.toSet());
        Map<String, String> quoteByAsset = new HashMap<>();
        for (String quote : quotes) {
            CuratedAssets.Entry entry = curated.withSymbol(quote);
            if (entry != null && !quote.equals(DOLLAR)) {
                quoteByAsset.put(entry.assetId(), quote);
            }
        }
        return quotes.size() < 2 || quoteByAsset.isEmpty() ? Mono.just(Rates.NONE) : read(quoteByAsset);
    }

    private Mono<Rates> read(Map<String, String> quoteByAsset) {
        return client.sql(RATES)
                .bind(0, quoteByAsset.keySet().toArray(String[]::new))
                .map(row -> new Rates.Rate(
                        requireNonNull(quoteByAsset.get(get(row, "asset_id", String.class))),
                        get(row, "source", String.class),
                        get(row, "price", BigDecimal.class),
                        get(row, "observed_at", Instant.class)))
                .all()
                .collectList()
                .map(Rates::new);
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
