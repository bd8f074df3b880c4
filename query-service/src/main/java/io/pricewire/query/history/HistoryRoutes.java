package io.pricewire.query.history;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.assets.KnownAssets;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The observations of one asset, newest first. */
public final class HistoryRoutes {

    /** What the history can be asked for. */
    public static final Parameters PARAMETERS = HistoryRequest.PARAMETERS.and(Parameters.of(Numbers.PARAMETER));

    /** What an observation can be asked for. */
    public static final Parameters DETAIL_PARAMETERS = Parameters.of(Numbers.PARAMETER);

    private static final String DETAIL = """
            select h.*, r.payload, r.payload_type
            from raw_observation r
              join price_history h using (source, source_asset_id, quote, observed_at, event_id)
            where r.event_id = $1
            order by r.ingested_at desc limit 1""";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KnownAssets assets;
    private final DatabaseClient client;
    private final DecimalJson json;

    public HistoryRoutes(DatabaseClient client, DecimalJson json) {
        this.assets = new KnownAssets(client);
        this.client = client;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        HistoryRequest wanted = HistoryRequest.of(request.pathVariable("asset"), arguments);
        Numbers form = Numbers.of(arguments);
        return assets.require(wanted.asset())
                .then(Mono.defer(() -> new HistoryListing(wanted, client).part(wanted.paging())))
                .map(part -> part.body(wanted.paging(), row -> json.write(row, form)))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }

    /** One observation, with the source's own payload; for as long as payloads are kept. */
    public Mono<ServerResponse> one(ServerRequest request) {
        Numbers form = Numbers.of(DETAIL_PARAMETERS.read(request.queryParams()));
        String eventId = request.pathVariable("event_id");
        return Mono.fromCallable(() -> UUID.fromString(eventId))
                .onErrorMap(IllegalArgumentException.class, malformed -> noObservation(eventId))
                .flatMap(id -> client.sql(DETAIL)
                        .bind(0, id)
                        .map(HistoryRoutes::detail)
                        .one())
                .switchIfEmpty(Mono.error(() -> noObservation(eventId)))
                .timeout(TIMEOUT)
                .flatMap(detail -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(json.write(detail, form)));
    }

    private static ObservationDetail detail(Readable row) {
        String type = requireNonNull(row.get("payload_type", String.class));
        byte[] payload = requireNonNull(row.get("payload", byte[].class));
        boolean isText = type.startsWith("text/") || type.equals(MediaType.APPLICATION_JSON_VALUE);
        return new ObservationDetail(
                ObservationRow.read(row),
                isText
                        ? new String(payload, StandardCharsets.UTF_8)
                        : Base64.getEncoder().encodeToString(payload),
                type);
    }

    private static ProblemException noObservation(String eventId) {
        return ProblemException.notFound(
                "there is no observation %.100s, or it was replaced, or its payload is no longer kept"
                        .formatted(eventId));
    }
}
