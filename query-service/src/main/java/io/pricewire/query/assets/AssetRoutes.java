package io.pricewire.query.assets;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.reference.ReferenceView;
import io.pricewire.query.reference.ReferencesOfAssets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Assets, and the symbols that they bear. */
public final class AssetRoutes {

    private static final Parameter<String> Q =
            Parameter.text("q", "Only assets whose symbol, name or id contains this, in upper or lower case.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only assets that bear one of these symbols.");

    /** What aliases can be asked for. */
    public static final Parameters ALIAS_PARAMETERS = AliasListing.PARAMETERS.and(Paging.PARAMETERS);

    /** What the list of assets can be asked for. */
    public static final Parameters PARAMETERS = Parameters.of(Q, SYMBOL).and(Paging.PARAMETERS);

    /** What an asset can be asked for. */
    public static final Parameters DETAIL_PARAMETERS = Parameters.of(Numbers.PARAMETER);

    /** What the list of symbols can be asked for. */
    public static final Parameters SYMBOL_PARAMETERS = Paging.PARAMETERS;

    /** What the assets of a symbol can be asked for. */
    public static final Parameters BEARER_PARAMETERS = Paging.PARAMETERS.and(DETAIL_PARAMETERS);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DatabaseClient client;
    private final Aliases aliases;
    private final ReferencesOfAssets references;
    private final LatestPrices prices;
    private final DecimalJson json;
    private final Clock clock;

    public AssetRoutes(DatabaseClient client, LatestPrices prices, DecimalJson json, Clock clock) {
        this.client = client;
        this.aliases = new Aliases(client);
        this.references = new ReferencesOfAssets(client);
        this.prices = prices;
        this.json = json;
        this.clock = clock;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        return list(new AssetListing(arguments.find(SYMBOL), arguments.find(Q), client), Paging.of(arguments));
    }

    public Mono<ServerResponse> symbols(ServerRequest request) {
        Arguments arguments = SYMBOL_PARAMETERS.read(request.queryParams());
        return list(new SymbolListing(client), Paging.of(arguments));
    }

    public Mono<ServerResponse> one(ServerRequest request) {
        Numbers form = Numbers.of(DETAIL_PARAMETERS.read(request.queryParams()));
        prices.requireComplete();
        String asset = request.pathVariable("asset");
        return client.sql("select symbol, name from asset where asset_id = $1")
                .bind(0, asset)
                .map(row -> new AssetView(
                        asset, String.valueOf(row.get(0, String.class)), String.valueOf(row.get(1, String.class))))
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("there is no asset " + asset)))
                .flatMap(view -> details(List.of(view)))
                .map(details -> json.write(details.getFirst(), form))
                .timeout(TIMEOUT)
                .flatMap(AssetRoutes::ok);
    }

    /** The assets that bear a symbol, with all that is known of each. */
    public Mono<ServerResponse> bearers(ServerRequest request) {
        Arguments arguments = BEARER_PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        Numbers form = Numbers.of(arguments);
        prices.requireComplete();
        String symbol = request.pathVariable("symbol").toUpperCase(Locale.ROOT);
        AssetListing listing = new AssetListing(Set.of(symbol), null, client);
        return requireBearer(symbol)
                .then(Mono.defer(() -> listing.part(paging)))
                .flatMap(part -> details(part.rows()).map(part::of))
                .map(part -> part.body(paging, asset -> json.write(asset, form)))
                .timeout(TIMEOUT)
                .flatMap(AssetRoutes::ok);
    }

    /** What sources call assets, with the evidence. */
    public Mono<ServerResponse> aliases(ServerRequest request) {
        Arguments arguments = ALIAS_PARAMETERS.read(request.queryParams());
        return list(new AliasListing(arguments, client), Paging.of(arguments));
    }

    private Mono<Boolean> requireBearer(String symbol) {
        return client.sql("select 1 from asset where symbol = $1 limit 1")
                .bind(0, symbol)
                .map(row -> true)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("no asset bears the symbol " + symbol)));
    }

    private <R> Mono<ServerResponse> list(Listing<R> listing, Paging paging) {
        return listing.part(paging)
                .map(part -> part.body(paging, row -> json.write(row, Numbers.NUMBER)))
                .timeout(TIMEOUT)
                .flatMap(AssetRoutes::ok);
    }

    private Mono<List<AssetDetail>> details(List<AssetView> assets) {
        List<String> ids = assets.stream().map(AssetView::assetId).toList();
        Instant now = clock.instant();
        return Mono.zip(aliases.of(ids), references.of(ids, now))
                .map(found -> assets.stream()
                        .map(asset -> detail(asset, found.getT1(), found.getT2(), now))
                        .toList());
    }

    private AssetDetail detail(
            AssetView asset,
            Map<String, List<AliasView>> aliasesByAsset,
            Map<String, ReferenceView> references,
            Instant now) {
        return new AssetDetail(
                asset,
                aliasesByAsset.getOrDefault(asset.assetId(), List.of()),
                prices.ofAsset(asset.assetId()).stream()
                        .map(price -> price.view(now))
                        .toList(),
                references.get(asset.assetId()));
    }

    private static Mono<ServerResponse> ok(byte[] body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
