package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Past;
import io.pricewire.ingestor.http.Coins;
import io.pricewire.ingestor.http.DailyListing;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import io.pricewire.ingestor.http.WebSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * CoinPaprika's {@code /tickers}: one answer has every coin, in up to three quote currencies, and is a batch. A position
 * is the number of quote currencies that have been read. Once a day {@code /coins}, with all that there are.
 */
final class CoinPaprikaSource extends WebSource {

    static final String NAME = "coinpaprika";

    private final CoinPaprikaSettings settings;
    private final DailyListing listing;

    CoinPaprikaSource(CoinPaprikaSettings settings, ServiceClient coinPaprika) {
        super(NAME, settings.interval(), coinPaprika, CoinPaprikaSource::read);
        this.settings = settings;
        this.listing = new DailyListing(coinPaprika, ServiceRequest.to("/coins"), CoinPaprikaSource::describe);
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        String end = String.valueOf(settings.quotes().size());
        return tickers(position, calls).concatWith(listing.after(memory, end, calls));
    }

    private Flux<Batch> tickers(@Nullable String position, Calls calls) {
        List<String> quotes = settings.quotes();
        return Flux.range(0, quotes.size())
                .skip(position == null ? 0 : Long.parseLong(position))
                .buffer(CoinPaprikaSettings.QUOTES_PER_CALL)
                .concatMap(indexes -> tickers(indexes.getFirst(), indexes.getLast() + 1, calls), 0);
    }

    private Mono<Batch> tickers(int from, int to, Calls calls) {
        List<String> quotes = settings.quotes().subList(from, to);
        ServiceRequest request = ServiceRequest.to("/tickers").with("quotes", String.join(",", quotes));
        return service()
                .get(request, JsonRecords::read, calls)
                .map(answer -> read(answer, quotes))
                .map(readings -> readings.toBatch(
                        String.valueOf(to), to, settings.quotes().size()));
    }

    private Readings read(JsonRecords answer, List<String> quotes) {
        Coins coins = settings.selection();
        List<JsonRecord> wanted =
                answer.records().stream().filter(json -> isWanted(coins, json)).toList();
        return readings().add(wanted, new RecordContext(quotes, answer.receivedAt()));
    }

    @Override
    public Flux<Batch> backfill(Past past, @Nullable String position, Calls calls) {
        return Flux.defer(() -> new History(settings, service()).read(past, position, calls));
    }

    private static boolean isWanted(Coins coins, JsonRecord json) {
        return switch (coins) {
            case Coins.All all -> true;
            case Coins.Top top -> isAmong(top.most(), json.at("rank"));
            case Coins.Only only -> only.ids().contains(String.valueOf(json.at("id")));
        };
    }

    private static boolean isAmong(int most, @Nullable String rank) {
        return rank != null
                && rank.matches("[1-9]\\d{0,8}(\\.0+)?")
                && new BigDecimal(rank).compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        return context.kind().isEmpty() ? ticker(json, context, quote) : History.read(json, context, quote);
    }

    private static PriceReading ticker(JsonRecord json, RecordContext context, String quote) {
        String prices = "quotes." + quote + ".";
        return new PriceReading(NAME, json, "id", quote, context.time())
                .called("symbol", "name")
                .observedAt("last_updated")
                .price(prices + "price")
                .figure(Figure.MARKET_CAP, prices + "market_cap")
                .figure(Figure.VOLUME_24H, prices + "volume_24h")
                .figure(Figure.CHANGE_24H_PCT, prices + "percent_change_24h")
                .figure(Figure.ALL_TIME_HIGH, prices + "ath_price")
                .rank("rank")
                .figure(Figure.CIRCULATING_SUPPLY, "circulating_supply")
                .figure(Figure.TOTAL_SUPPLY, "total_supply")
                .figure(Figure.MAX_SUPPLY, "max_supply");
    }

    private static Stream<DescribedAsset> describe(JsonRecord json) {
        String id = json.at("id");
        return id == null || id.isBlank() || json.textAt("is_active").equals("false")
                ? Stream.empty()
                : Stream.of(
                        new DescribedAsset(NAME, id, json.textAt("symbol"), json.textAt("name"), Map.of(), List.of()));
    }
}
