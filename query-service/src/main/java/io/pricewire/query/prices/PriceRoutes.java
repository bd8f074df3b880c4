package io.pricewire.query.prices;

import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.PageBody;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The list of latest prices. */
public final class PriceRoutes {

    private static final Parameter<String> SORT = Parameter.choice(
            "sort",
            "What the list is sorted by: -market_cap unless given. Unknown values come last.",
            PriceOrder.names());

    /** What the list can be asked for. */
    public static final Parameters PARAMETERS =
            PriceFilter.PARAMETERS.and(Parameters.of(SORT, Numbers.PARAMETER)).and(Paging.PARAMETERS);

    private final LatestPrices prices;
    private final Clock clock;

    public PriceRoutes(LatestPrices prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        PriceOrder<?> order = PriceOrder.named(arguments.get(SORT, PriceOrder.DEFAULT));
        Numbers form = Numbers.of(arguments);
        prices.requireComplete();
        Instant now = clock.instant();
        PriceListing listing = PriceListing.of(prices.in(order), new PriceFilter(arguments, now), order, paging);
        List<byte[]> rows =
                listing.prices().stream().map(price -> price.json(form, now)).toList();
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(PageBody.of(
                        rows,
                        paging.isByCursor() ? null : paging.page(),
                        paging.size(),
                        listing.total(),
                        listing.next()));
    }
}
