package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.Past;
import io.pricewire.ingestor.http.DailyListing;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import io.pricewire.ingestor.http.WebSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * CoinGecko's {@code /coins/markets}: each page is a batch. Once a day {@code /coins/list}, with the contracts of all coins.
 */
final class CoinGeckoSource extends WebSource {

    static final String NAME = "coingecko";

    private static final String PLATFORMS = "platforms.";

    private final CoinGeckoSettings settings;
    private final DailyListing listing;
    private final FoundCoins found = new FoundCoins();

    CoinGeckoSource(CoinGeckoSettings settings, ServiceClient coinGecko) {
        super(NAME, settings.interval(), coinGecko, Sweep::read);
        this.settings = settings;
        this.listing = new DailyListing(
                coinGecko, ServiceRequest.to("/coins/list").with("include_platform", true), CoinGeckoSource::describe);
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        return Flux.defer(() -> new Sweep(settings, found, service(), calls).from(position))
                .concatWith(listing.after(memory, Step.END, calls));
    }

    @Override
    public Flux<Batch> backfill(Past past, @Nullable String position, Calls calls) {
        return Flux.defer(() -> new Chart(settings.quotes(), service()).read(past, position, calls));
    }

    private static Stream<DescribedAsset> describe(JsonRecord json) {
        String id = json.at("id");
        Map<String, String> contracts = json.places().stream()
                .filter(place -> place.startsWith(PLATFORMS) && place.length() > PLATFORMS.length())
                .filter(place -> !json.textAt(place).isBlank())
                .collect(Collectors.toMap(place -> place.substring(PLATFORMS.length()), json::textAt));
        return id == null || id.isBlank()
                ? Stream.empty()
                : Stream.of(
                        new DescribedAsset(NAME, id, json.textAt("symbol"), json.textAt("name"), contracts, List.of()));
    }
}
