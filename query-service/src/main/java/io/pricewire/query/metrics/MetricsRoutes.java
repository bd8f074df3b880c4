package io.pricewire.query.metrics;

import io.pricewire.query.assets.KnownAssets;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Metrics of all assets, and of one. */
public final class MetricsRoutes {

    private static final Parameter<Set<String>> SOURCE = Parameter.list(
            "source", "Only from these sources. There are metrics of what sources say, none of the reference price.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<String> SORT = Parameter.choice(
            "sort",
            "What the list is sorted by: %s unless given. Unknown values come last.".formatted(MetricsOrder.DEFAULT),
            MetricsOrder.names());

    /** What metrics can be asked for. */
    public static final Parameters PARAMETERS =
            Parameters.of(SOURCE, QUOTE, SORT, Numbers.PARAMETER).and(Paging.PARAMETERS);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KnownAssets assets;
    private final DatabaseClient client;
    private final DecimalJson json;

    public MetricsRoutes(DatabaseClient client, DecimalJson json) {
        this.assets = new KnownAssets(client);
        this.client = client;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        return list(null, PARAMETERS.read(request.queryParams()));
    }

    /** The metrics of one asset, at each source in each quote currency. */
    public Mono<ServerResponse> ofAsset(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        String asset = request.pathVariable("asset");
        return list(asset, arguments);
    }

    private Mono<ServerResponse> list(@Nullable String asset, Arguments arguments) {
        Paging paging = Paging.of(arguments);
        Numbers form = Numbers.of(arguments);
        MetricsOrder order = MetricsOrder.named(arguments.get(SORT, MetricsOrder.DEFAULT));
        MetricsListing listing =
                new MetricsListing(asset, arguments.find(SOURCE), arguments.find(QUOTE), order, client);
        Mono<Void> required = asset == null ? Mono.empty() : assets.require(asset);
        return required.then(Mono.defer(() -> listing.part(paging)))
                .map(part -> part.body(paging, row -> json.write(row, form)))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }
}
