package io.pricewire.query.sources;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.runs.LastRuns;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** How the sources are doing. */
public final class SourceRoutes {

    /** What the list can be asked for. */
    public static final Parameters PARAMETERS = Paging.PARAMETERS;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final LastRuns runs;
    private final LatestPrices prices;
    private final JsonMapper json;
    private final Clock clock;

    public SourceRoutes(LastRuns runs, LatestPrices prices, JsonMapper json, Clock clock) {
        this.runs = runs;
        this.prices = prices;
        this.json = json;
        this.clock = clock;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        return sources()
                .flatMap(sources -> new SourceListing(sources).part(paging))
                .map(part -> part.body(paging, json::writeValueAsBytes))
                .flatMap(SourceRoutes::ok);
    }

    public Mono<ServerResponse> one(ServerRequest request) {
        Parameters.of().read(request.queryParams());
        String name = request.pathVariable("source");
        return sources()
                .flatMapIterable(sources -> sources)
                .filter(source -> source.source().equals(name))
                .next()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("there is no source " + name)))
                .flatMap(source -> ok(json.writeValueAsBytes(source)));
    }

    private Mono<List<SourceView>> sources() {
        prices.requireComplete();
        return runs.read()
                .map(ingestors -> new Sources(ingestors, prices.unsorted(), clock.instant()).all())
                .timeout(TIMEOUT);
    }

    private static Mono<ServerResponse> ok(byte[] body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
