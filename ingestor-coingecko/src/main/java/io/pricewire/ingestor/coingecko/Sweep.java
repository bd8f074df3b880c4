package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.PriceReading;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import io.pricewire.ingestor.http.ServiceClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One poll: page after page, in one quote currency after the other. Pages shift while they are read, so a coin may come
 * twice; it is taken once.
 */
final class Sweep {

    private final CoinGeckoSettings settings;
    private final Pages pages;
    private final ServiceClient coinGecko;
    private final Calls calls;
    private final Set<String> seen = new HashSet<>();
    private int pagesRead;

    Sweep(CoinGeckoSettings settings, ServiceClient coinGecko, Calls calls) {
        this.settings = settings;
        this.pages = new Pages(settings.selection());
        this.coinGecko = coinGecko;
        this.calls = calls;
    }

    Flux<Batch> from(@Nullable String position) {
        return Step.END.equals(position)
                ? Flux.empty()
                : page(Step.at(position, settings.quotes()))
                        .expand(page -> page.next() == null ? Mono.empty() : page(page.next()))
                        .map(Page::batch);
    }

    private Mono<Page> page(Step step) {
        return coinGecko
                .get(pages.request(step.quote(), step.page()), JsonRecords::read, calls)
                .map(answer -> read(step, answer));
    }

    private Page read(Step step, JsonRecords answer) {
        List<JsonRecord> fresh = pages.wanted(answer.records(), step.page()).stream()
                .filter(json -> json.at("id") == null || seen.add(step.quote() + ":" + json.at("id")))
                .toList();
        Readings readings =
                new Readings(Sweep::read).add(fresh, new RecordContext(List.of(step.quote()), answer.receivedAt()));
        // A page with nothing new would be followed by others like it.
        boolean isLast =
                fresh.isEmpty() || pages.isLast(step.page(), answer.records().size());
        Step next = step.next(isLast, settings.quotes());
        pagesRead++;
        return new Page(readings.toBatch(next == null ? Step.END : next.position(), pagesRead, 0), next);
    }

    static PriceReading read(JsonRecord json, RecordContext context, String quote) {
        return new PriceReading("coingecko", json, "id", quote, context.receivedAt())
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
     * @param next the step after it; null where it is the last
     */
    private record Page(Batch batch, @Nullable Step next) {}
}
