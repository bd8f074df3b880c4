package io.pricewire.query.commands;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.Event;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the normalizer to decide as an operator says, and to judge what was rejected again. */
public final class NormalizerRoutes {

    private static final Parameter<String> SOURCE = Parameter.text("source", "The source whose id is meant.");
    private static final Parameter<String> SOURCE_ASSET_ID =
            Parameter.text("source_asset_id", "What the source calls the asset.");
    private static final Parameter<String> REASON =
            Parameter.text("reason", "All records that broke this rule, by its code.");

    /** Which alias is decided. */
    public static final Parameters ALIAS_PARAMETERS = Parameters.of(SOURCE, SOURCE_ASSET_ID);

    /** Which records are replayed. */
    public static final Parameters REASON_PARAMETERS = Parameters.of(REASON);

    private static final Parameters NONE = Parameters.of();
    private static final Pattern ASSET_ID = Pattern.compile("[^\\s\\p{Cntrl}]{1,250}");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_AT_A_TIME = 10_000;
    private static final String ANYONE = "anonymous";

    private static final String REPLAYABLE = "(original_type = 'application/protobuf' or original_type = 'text/plain'"
            + " and ingestor is not null and context is not null) and replayed_at is null";

    private static final String CUT = "reasons @> '[{\"code\": \"original_cut\"}]'";

    private final CommandPublisher publisher;
    private final DatabaseClient client;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * @param ids makes ids that nobody else makes
     */
    public NormalizerRoutes(
            CommandPublisher publisher, DatabaseClient client, JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.publisher = publisher;
        this.client = client;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    /** Decides which asset a source means. */
    public Mono<ServerResponse> decide(ServerRequest request) {
        Arguments arguments = ALIAS_PARAMETERS.read(request.queryParams());
        String source = required(SOURCE, arguments);
        String sourceAssetId = required(SOURCE_ASSET_ID, arguments);
        UUID id = ids.get();
        return request.bodyToMono(String.class)
                .switchIfEmpty(Mono.error(NormalizerRoutes::badBody))
                .map(this::assetId)
                .flatMap(assetId -> requireAlias(source, sourceAssetId)
                        .then(publish(List.of(commands().decide(id, source, sourceAssetId, assetId))))
                        .thenReturn(new DecisionView(id, source, sourceAssetId, assetId)))
                .timeout(TIMEOUT)
                .flatMap(this::accepted);
    }

    /** Sends one record through again. */
    public Mono<ServerResponse> replay(ServerRequest request) {
        NONE.read(request.queryParams());
        String text = request.pathVariable("id");
        UUID id = ids.get();
        return Mono.fromCallable(() -> UUID.fromString(text))
                .onErrorMap(IllegalArgumentException.class, malformed -> noRejection(text))
                .flatMap(rejection -> requireReplayable(rejection)
                        .then(publish(List.of(commands().replay(id, rejection))))
                        .thenReturn(new ReplayView(id, 1)))
                .timeout(TIMEOUT)
                .flatMap(this::accepted);
    }

    /** Sends all records through again that broke a rule; the oldest of them, where there are very many. */
    public Mono<ServerResponse> replayAll(ServerRequest request) {
        Arguments arguments = REASON_PARAMETERS.read(request.queryParams());
        String reason = required(REASON, arguments);
        UUID id = ids.get();
        return client.sql("select rejection_id from rejected_observation where reasons @> $1::jsonb and " + REPLAYABLE
                        + " order by rejected_at, rejection_id limit " + MOST_AT_A_TIME)
                .bind(0, json.writeValueAsString(List.of(java.util.Map.of("code", reason))))
                .map(row -> requireNonNull(row.get(0, UUID.class)))
                .all()
                .<Event<?>>map(rejection -> commands().replay(id, rejection))
                .collectList()
                .flatMap(events -> (events.isEmpty() ? Mono.<Void>empty() : publish(events))
                        .thenReturn(new ReplayView(id, events.size())))
                .timeout(TIMEOUT)
                .flatMap(this::accepted);
    }

    private NormalizerCommands commands() {
        return new NormalizerCommands(clock.instant(), ANYONE);
    }

    private Mono<Void> publish(List<Event<?>> events) {
        return publisher.publish(events);
    }

    private Mono<Void> requireAlias(String source, String sourceAssetId) {
        return client.sql("select 1 from asset_alias where source = $1 and source_asset_id = $2")
                .bind(0, source)
                .bind(1, sourceAssetId)
                .map(row -> true)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound(
                        "the source %s has not named anything %s".formatted(source, sourceAssetId))))
                .then();
    }

    private Mono<Void> requireReplayable(UUID rejection) {
        return client.sql("select %s, %s from rejected_observation where rejection_id = $1".formatted(REPLAYABLE, CUT))
                .bind(0, rejection)
                .map(row ->
                        obstacle(requireNonNull(row.get(0, Boolean.class)), requireNonNull(row.get(1, Boolean.class))))
                .one()
                .switchIfEmpty(Mono.error(() -> noRejection(rejection.toString())))
                .flatMap(obstacle ->
                        obstacle.isEmpty() ? Mono.empty() : Mono.error(ProblemException.conflict(obstacle)));
    }

    private static String obstacle(boolean isReplayable, boolean isCut) {
        if (isReplayable) {
            return "";
        }
        return isCut
                ? "it cannot be replayed: it was too large, and only its beginning was kept"
                : "it can be neither judged nor read again, or it has been brought in already";
    }

    private static ProblemException noRejection(String id) {
        return ProblemException.notFound("there is no rejected record %.100s".formatted(id));
    }

    private static String required(Parameter<String> parameter, Arguments arguments) {
        String value = arguments.find(parameter);
        if (value == null || value.isEmpty()) {
            throw ProblemException.badParameters(
                    List.of(new ParameterError(parameter.name(), "it is missing, and has to be given")));
        }
        return value;
    }

    private String assetId(String body) {
        JsonNode assetId = field(body);
        if (assetId == null
                || !assetId.isString()
                || !ASSET_ID.matcher(assetId.asString()).matches()) {
            throw badBody();
        }
        return assetId.asString();
    }

    private @Nullable JsonNode field(String body) {
        try {
            return json.readTree(body).get("asset_id");
        } catch (JacksonException e) {
            return null;
        }
    }

    private static ProblemException badBody() {
        return ProblemException.badParameters(List.of(new ParameterError(
                "asset_id",
                "the body is not of the form {\"asset_id\": \"bitcoin\"}, with an id of at most 250 characters")));
    }

    private Mono<ServerResponse> accepted(Object body) {
        return ServerResponse.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.writeValueAsBytes(body));
    }
}
