package io.pricewire.query.data;

import io.pricewire.eventstream.EventId;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.request.RequestId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The latest prices in the shape that earlier services gave them. */
public final class DataRoutes {

    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");
    private static final Parameter<Set<String>> COIN_ID =
            Parameter.list("coin_id", "Only of these assets, by their sources' ids.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only of assets that bear one of these symbols.");

    /** What it can be asked for. */
    public static final Parameters PARAMETERS =
            Parameters.of(SOURCE, COIN_ID, SYMBOL, Numbers.PARAMETER).and(Paging.PAGES);

    private static final String QUOTE = "USD";

    /** Integers that every client keeps: those of 53 bits. */
    private static final long LARGEST_ID = (1L << 53) - 1;

    private final LatestPrices prices;
    private final DecimalJson json;

    public DataRoutes(LatestPrices prices, DecimalJson json) {
        this.prices = prices;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        prices.requireComplete();
        List<KnownPrice> matching =
                prices.all().stream().filter(price -> matches(price, arguments)).toList();
        List<DataView.Row> rows = matching.stream()
                .skip(paging.offset())
                .limit(paging.size())
                .map(DataRoutes::row)
                .toList();
        DataView view = new DataView(
                rows,
                matching.size(),
                paging.page(),
                paging.size(),
                RequestId.of(request.exchange()),
                RequestId.milliseconds(request.exchange()));
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .bodyValue(json.write(view, Numbers.of(arguments)));
    }

    private static boolean matches(KnownPrice price, Arguments arguments) {
        return price.quote().equals(QUOTE)
                && isIn(arguments.find(SOURCE), price.source())
                && isIn(arguments.find(COIN_ID), price.sourceAssetId())
                && isIn(arguments.find(SYMBOL), price.symbolInCapitals());
    }

    private static boolean isIn(@Nullable Set<String> wanted, String value) {
        return wanted == null || wanted.contains(value);
    }

    private static DataView.Row row(KnownPrice price) {
        return new DataView.Row(
                id(price),
                price.sourceAssetId(),
                price.name(),
                price.symbol(),
                price.price(),
                price.marketCap(),
                price.volume24h(),
                price.source(),
                price.ingestedAt());
    }

    private static long id(KnownPrice price) {
        String name = EventId.of("data", price.source(), price.sourceAssetId());
        return UUID.fromString(name).getLeastSignificantBits() & LARGEST_ID;
    }
}
