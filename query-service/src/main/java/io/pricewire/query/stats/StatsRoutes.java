package io.pricewire.query.stats;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.request.RequestId;
import io.pricewire.query.runs.IngestorRuns;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.runs.RunView;
import io.pricewire.query.stats.StatsView.SourceStats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Figures of the whole. How many observations are stored is counted at most every ten seconds. */
public final class StatsRoutes {

    private static final Parameter<String> QUOTE =
            Parameter.text("quote", "The quote currency of the sums and the changes: USD unless given.");
    private static final Parameter<Integer> LIMIT =
            Parameter.integer("limit", "The most gainers, and losers: 10 unless given.", 1, 100);

    /** What it can be asked for. */
    public static final Parameters PARAMETERS = Parameters.of(QUOTE, LIMIT, Numbers.PARAMETER);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);
    private static final int DEFAULT_LIMIT = 10;

    private final LastRuns runs;
    private final LatestPrices prices;
    private final Mono<Long> records;
    private final DecimalJson json;
    private final Clock clock;

    public StatsRoutes(DatabaseClient client, LastRuns runs, LatestPrices prices, DecimalJson json, Clock clock) {
        this.runs = runs;
        this.prices = prices;
        this.records = client.sql("select count(*) from price_history")
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one()
                .cache(count -> COUNTED_EVERY, failure -> Duration.ZERO, () -> Duration.ZERO);
        this.json = json;
        this.clock = clock;
    }

    public Mono<ServerResponse> stats(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        prices.requireComplete();
        return Mono.zip(runs.read(), records, (ingestors, count) -> view(ingestors, count, arguments, request))
                .timeout(TIMEOUT)
                .flatMap(view -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .bodyValue(json.write(view, Numbers.of(arguments))));
    }

    private StatsView view(List<IngestorRuns> ingestors, long records, Arguments arguments, ServerRequest request) {
        Market market = new Market(prices.all(), arguments.get(QUOTE, "USD").toUpperCase(Locale.ROOT));
        int limit = arguments.get(LIMIT, DEFAULT_LIMIT);
        Instant now = clock.instant();
        return new StatsView(
                ingestors.stream().map(StatsRoutes::stats).toList(),
                records,
                market.size(),
                market.sum(KnownPrice::marketCap),
                market.sum(KnownPrice::volume24h),
                market.meanPrice(),
                market.gainers(limit, now),
                market.losers(limit, now),
                RequestId.of(request.exchange()),
                RequestId.milliseconds(request.exchange()));
    }

    private static SourceStats stats(IngestorRuns runs) {
        RunView last = runs.last();
        return new SourceStats(
                runs.ingestor(),
                last == null ? null : last.seen(),
                last == null ? null : last.durationSeconds(),
                runs.lastSuccessAt(),
                runs.lastFailureAt(),
                last == null ? null : last.status());
    }
}
