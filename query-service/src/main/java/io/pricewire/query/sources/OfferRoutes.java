package io.pricewire.query.sources;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameters;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What the sources offer. One that offers nothing that is known, or is unknown itself, has an empty list. */
public final class OfferRoutes {

    /** What the list can be asked for. */
    public static final Parameters PARAMETERS = Paging.PARAMETERS;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DatabaseClient client;
    private final JsonMapper json;

    public OfferRoutes(DatabaseClient client, JsonMapper json) {
        this.client = client;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        return new OfferListing(request.pathVariable("source"), client)
                .part(paging)
                .map(part -> part.body(paging, json::writeValueAsBytes))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }
}
