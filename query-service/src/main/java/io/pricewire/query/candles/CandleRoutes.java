package io.pricewire.query.candles;

import io.pricewire.query.assets.KnownAssets;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameters;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The candles of one asset, oldest first. */
public final class CandleRoutes {

    /** What candles can be asked for. */
    public static final Parameters PARAMETERS = CandleRequest.PARAMETERS.and(Parameters.of(Numbers.PARAMETER));

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KnownAssets assets;
    private final DatabaseClient client;
    private final DecimalJson json;

    public CandleRoutes(DatabaseClient client, DecimalJson json) {
        this.assets = new KnownAssets(client);
        this.client = client;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        CandleRequest wanted = CandleRequest.of(request.pathVariable("asset"), arguments);
        Numbers form = Numbers.of(arguments);
        return assets.require(wanted.asset())
                .then(Mono.defer(() -> new CandleListing(wanted, client).part(wanted.paging())))
                .map(part -> part.body(wanted.paging(), row -> json.write(row, form)))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }
}
