package io.pricewire.query.reference;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameters;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The list of reference prices. */
public final class ReferenceRoutes {

    /** What the list can be asked for. */
    public static final Parameters PARAMETERS =
            ReferenceListing.PARAMETERS.and(Parameters.of(Numbers.PARAMETER)).and(Paging.PARAMETERS);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DatabaseClient client;
    private final DecimalJson json;
    private final Clock clock;

    public ReferenceRoutes(DatabaseClient client, DecimalJson json, Clock clock) {
        this.client = client;
        this.json = json;
        this.clock = clock;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        Numbers form = Numbers.of(arguments);
        return new ReferenceListing(arguments, clock.instant(), client)
                .part(paging)
                .map(part -> part.body(paging, row -> json.write(row, form)))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }
}
