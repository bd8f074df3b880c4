package io.pricewire.query.commands;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.runs.IngestorRuns;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.runs.RequestedRuns;
import io.pricewire.query.runs.RunView;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks ingestors to start a run now.
 *
 * <p>The answer waits a moment for the normalizer to write the run down, so that it is found at every instance. Where the
 * normalizer is away it is found at this one.
 */
public final class IngestRoutes {

    private static final Parameter<Integer> LIMIT =
            Parameter.integer("limit", "The most records to publish: all unless given.", 1, 50_000);

    /** What can be said besides whom it is for. */
    public static final Parameters PARAMETERS = Parameters.of(LIMIT, WantedPast.FROM, WantedPast.TO, WantedPast.ASSET);

    /** Those that come with Pricewire, which may be asked before they have ever run. */
    private static final Set<String> CATALOGUE = Set.of("coingecko", "coinpaprika", "csv", "gemini");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(2);
    private static final Duration ASKED_EVERY = Duration.ofMillis(50);

    private final CommandPublisher publisher;
    private final LastRuns lastRuns;
    private final RequestedRuns requested;
    private final DatabaseClient client;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * @param ids makes ids that nobody else makes
     */
    public IngestRoutes(
            CommandPublisher publisher,
            LastRuns lastRuns,
            RequestedRuns requested,
            DatabaseClient client,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids) {
        this.publisher = publisher;
        this.lastRuns = lastRuns;
        this.requested = requested;
        this.client = client;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    /** Asks one ingestor; the run's id is the command's. */
    public Mono<ServerResponse> one(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        String ingestor = request.pathVariable("ingestor");
        UUID id = ids.get();
        CommandEvents command = command(id, arguments);
        RunView run = RunView.requested(id, ingestor, trigger(command), id, command.requestedAt());
        return requireKnown(ingestor)
                .then(Mono.defer(() -> publish(command, List.of(run))))
                .timeout(TIMEOUT)
                .then(Mono.defer(() -> accepted("/api/v1/runs/" + id, run)));
    }

    /** Asks every ingestor that has ever run. */
    public Mono<ServerResponse> all(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        CommandEvents command = command(ids.get(), arguments);
        return lastRuns.read()
                .flatMap(ingestors -> having(command.past(), ingestors))
                .map(ingestors -> runs(ingestors, command))
                .flatMap(runs -> publish(command, runs).thenReturn(new CommandView(command.commandId(), runs)))
                .timeout(TIMEOUT)
                .flatMap(view -> accepted("/api/v1/runs?command=" + view.commandId(), view));
    }

    private CommandEvents command(UUID id, Arguments arguments) {
        Instant now = clock.instant();
        return new CommandEvents(id, now, arguments.get(LIMIT, 0), WantedPast.of(arguments, now));
    }

    private static String trigger(CommandEvents command) {
        return command.past() == null ? "command" : "backfill";
    }

    /** Those whose sources have the asset. */
    private Mono<List<IngestorRuns>> having(@Nullable WantedPast past, List<IngestorRuns> ingestors) {
        return past == null
                ? Mono.just(ingestors)
                : Flux.fromIterable(ingestors)
                        .filterWhen(ingestor -> find(ingestor.ingestor(), past).hasElements())
                        .collectList()
                        .filter(having -> !having.isEmpty())
                        .switchIfEmpty(Mono.error(
                                () -> ProblemException.notFound("no ingestor has an asset " + past.asset())));
    }

    private List<RunView> runs(List<IngestorRuns> ingestors, CommandEvents command) {
        if (ingestors.isEmpty()) {
            throw ProblemException.notFound("no ingestor has run yet; ask one by its name");
        }
        return ingestors.stream()
                .map(ingestor -> RunView.requested(
                        ids.get(), ingestor.ingestor(), trigger(command), command.commandId(), command.requestedAt()))
                .toList();
    }

    private Mono<Boolean> requireKnown(String ingestor) {
        return CATALOGUE.contains(ingestor)
                ? Mono.just(true)
                : client.sql("select 1 from ingest_run where ingestor = $1 limit 1")
                        .bind(0, ingestor)
                        .map(row -> true)
                        .one()
                        .switchIfEmpty(Mono.error(() -> ProblemException.notFound(
                                "there is no ingestor %s; there are %s, and those that have run"
                                        .formatted(
                                                ingestor,
                                                String.join(
                                                        ", ",
                                                        CATALOGUE.stream()
                                                                .sorted()
                                                                .toList())))));
    }

    private Mono<Void> publish(CommandEvents command, List<RunView> runs) {
        return Flux.fromIterable(runs)
                .concatMap(run -> assets(run.ingestor(), command.past())
                        .flatMapIterable(assets -> command.of(run.ingestor(), run.runId(), assets)))
                .collectList()
                .flatMap(publisher::publish)
                .doOnSuccess(nothing -> runs.forEach(requested::add))
                .then(Mono.defer(() -> awaitWritten(runs)));
    }

    /** What the ingestor's source calls the asset; empty where none is asked for. */
    private Mono<List<String>> assets(String ingestor, @Nullable WantedPast past) {
        return past == null
                ? Mono.just(List.of())
                : find(ingestor, past)
                        .collectList()
                        .filter(assets -> !assets.isEmpty())
                        .switchIfEmpty(Mono.error(() ->
                                ProblemException.notFound("%s has no asset %s".formatted(ingestor, past.asset()))));
    }

    private Flux<String> find(String ingestor, WantedPast past) {
        return client.sql("select source_asset_id from asset_alias where source = $1 and asset_id = $2 order by 1")
                .bind(0, ingestor)
                .bind(1, past.asset())
                .map(row -> requireNonNull(row.get(0, String.class)))
                .all();
    }

    private Mono<Void> awaitWritten(List<RunView> runs) {
        UUID[] ids = runs.stream().map(RunView::runId).toArray(UUID[]::new);
        return client.sql("select count(*) from ingest_run where run_id = any($1)")
                .bind(0, ids)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one()
                .filter(count -> count == ids.length)
                .repeatWhenEmpty(Integer.MAX_VALUE, tries -> tries.delayElements(ASKED_EVERY))
                .timeout(WRITTEN_WITHIN)
                .onErrorComplete()
                .then();
    }

    private Mono<ServerResponse> accepted(String location, Object body) {
        return ServerResponse.accepted()
                .location(URI.create(location))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.writeValueAsBytes(body));
    }
}
