package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.http.Coins;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import io.pricewire.ingestor.http.ServiceRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One poll: page after page, in one quote currency after the other. Pages shift while they are read, so a coin may come
 * twice, and is taken once; or not at all, and is asked for by its id after the last page.
 */
final class Sweep {

    private final CoinGeckoSettings settings;
    private final Pages pages;
    private final FoundCoins before;
    private final ServiceClient coinGecko;
    private final Calls calls;
    private final Map<String, Set<String>> found = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private int pagesRead;

    Sweep(CoinGeckoSettings settings, FoundCoins before, ServiceClient coinGecko, Calls calls) {
        this.settings = settings;
        this.pages = new Pages(settings.selection());
        this.before = before;
        this.coinGecko = coinGecko;
        this.calls = calls;
    }

    Flux<Batch> from(@Nullable String position) {
        return Step.END.equals(position)
                ? Flux.empty()
                : page(Step.at(position, settings.quotes())).expand(this::after).map(Page::batch);
    }

    private Mono<Page> after(Page page) {
        if (!page.missing().isEmpty()) {
            return missing(page);
        }
        return page.next() == null ? Mono.empty() : page(page.next());
    }

    private Mono<Page> page(Step step) {
        if (step.page() == 1) {
            begun.add(step.quote());
        }
        return get(pages.request(step.quote(), step.page())).map(answer -> read(step, answer));
    }

    private Mono<JsonRecords> get(ServiceRequest request) {
        return coinGecko.get(request, JsonRecords::read, calls);
    }

    private Page read(Step step, JsonRecords answer) {
        Readings readings = new Readings(Sweep::read);
        boolean hasNews = add(pages.wanted(answer.records(), step.page()), answer, step.quote(), readings);
        // A page with nothing new would be followed by others like it.
        boolean isLast = !hasNews || pages.isLast(step.page(), answer.records().size());
        Step next = step.next(isLast, settings.quotes());
        pagesRead++;
        List<String> missing = isLast && isWhole(step.quote()) ? endOf(step.quote()) : List.of();
        return new Page(batch(readings, next), step.quote(), missing, next);
    }

    /** Whether it has all the pages of all coins. */
    private boolean isWhole(String quote) {
        return begun.contains(quote) && settings.selection() instanceof Coins.All;
    }

    /** Keeps what was found, whatever comes of asking for those that were not: they are returned. */
    private List<String> endOf(String quote) {
        List<String> missing = before.missing(quote, found(quote));
        before.put(quote, found(quote));
        return missing;
    }

    /** The coins that were missed, as many as one call takes. */
    private Mono<Page> missing(Page last) {
        int most = Math.min(Pages.MOST_IDS, last.missing().size());
        List<String> ids = last.missing().subList(0, most);
        List<String> others = last.missing().subList(most, last.missing().size());
        return get(new Pages(new Coins.Only(ids)).request(last.quote(), 1)).map(answer -> {
            Readings readings = new Readings(Sweep::read);
            add(answer.records(), answer, last.quote(), readings);
            before.put(last.quote(), found(last.quote()));
            pagesRead++;
            return new Page(batch(readings, last.next()), last.quote(), others, last.next());
        });
    }

    private Batch batch(Readings readings, @Nullable Step next) {
        return readings.toBatch(next == null ? Step.END : next.position(), pagesRead, 0);
    }

    /** Adds those that have not been read before; returns whether there were any. */
    private boolean add(List<JsonRecord> records, JsonRecords answer, String quote, Readings readings) {
        List<JsonRecord> fresh = records.stream()
                .filter(json -> json.at("id") == null || found(quote).add(json.at("id")))
                .toList();
        readings.add(fresh, new RecordContext(List.of(quote), answer.receivedAt()));
        return !fresh.isEmpty();
    }

    private Set<String> found(String quote) {
        return found.computeIfAbsent(quote, first -> new HashSet<>());
    }

    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        return context.kind().isEmpty() ? coin(json, context, quote) : Chart.read(json, context, quote);
    }

    private static PriceReading coin(JsonRecord json, RecordContext context, String quote) {
        return new PriceReading(CoinGeckoSource.NAME, json, "id", quote, context.time())
                .called("symbol", "name")
                .observedAt("last_updated")
                .price("current_price")
                .figure(Figure.MARKET_CAP, "market_cap")
                .figure(Figure.FULLY_DILUTED_VALUATION, "fully_diluted_valuation")
                .figure(Figure.VOLUME_24H, "total_volume")
                .figure(Figure.HIGH_24H, "high_24h")
                .figure(Figure.LOW_24H, "low_24h")
                .figure(Figure.CHANGE_24H_PCT, "price_change_percentage_24h")
                .rank("market_cap_rank")
                .figure(Figure.CIRCULATING_SUPPLY, "circulating_supply")
                .figure(Figure.TOTAL_SUPPLY, "total_supply")
                .figure(Figure.MAX_SUPPLY, "max_supply")
                .figure(Figure.ALL_TIME_HIGH, "ath")
                .figure(Figure.ALL_TIME_LOW, "atl");
    }

    /**
     * A page that has been read.
     *
     * @param missing coins that are to be asked for by their ids before the next step
     * @param next the step after it; null where it is the last
     */
    private record Page(
            Batch batch,
            String quote,
            List<String> missing,
            @Nullable Step next) {}
}
