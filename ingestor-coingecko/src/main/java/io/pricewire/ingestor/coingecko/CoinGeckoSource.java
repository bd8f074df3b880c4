package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.http.DailyListing;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * CoinGecko's {@code /coins/markets}: each page is a batch. Once a day {@code /coins/list}, with the contracts of all coins.
 */
final class CoinGeckoSource implements PolledSource {

    private static final String PLATFORMS = "platforms.";

    private final CoinGeckoSettings settings;
    private final ServiceClient coinGecko;
    private final DailyListing listing;
    private final FoundCoins found = new FoundCoins();

    CoinGeckoSource(CoinGeckoSettings settings, ServiceClient coinGecko) {
        this.settings = settings;
        this.coinGecko = coinGecko;
        this.listing = new DailyListing(
                coinGecko, ServiceRequest.to("/coins/list").with("include_platform", true), CoinGeckoSource::describe);
    }

    @Override
    public String name() {
        return "coingecko";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public CallBudget budget() {
        return settings.service().budget();
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, Calls calls) {
        return Flux.defer(() -> new Sweep(settings, found, coinGecko, calls).from(position));
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        return poll(position, calls).concatWith(listing.after(memory, Step.END, calls));
    }

    @Override
    public Batch reread(String text, String context) {
        return Readings.again(Sweep::read, text, context);
    }

    private static Stream<DescribedAsset> describe(JsonRecord json) {
        String id = json.at("id");
        Map<String, String> contracts = json.places().stream()
                .filter(place -> place.startsWith(PLATFORMS) && place.length() > PLATFORMS.length())
                .filter(place -> !json.textAt(place).isBlank())
                .collect(Collectors.toMap(place -> place.substring(PLATFORMS.length()), json::textAt));
        return id == null || id.isBlank()
                ? Stream.empty()
                : Stream.of(new DescribedAsset(
                        "coingecko", id, json.textAt("symbol"), json.textAt("name"), contracts, List.of()));
    }
}
