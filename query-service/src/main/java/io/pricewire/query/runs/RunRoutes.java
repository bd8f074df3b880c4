package io.pricewire.query.runs;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.EventStream;
import io.pricewire.proto.Groups;
import io.pricewire.proto.v1.TopicPosition;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.runs.RunDetail.Outcome;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the ingestors did. */
public final class RunRoutes {

    /** What the list can be asked for. */
    public static final Parameters PARAMETERS = RunListing.PARAMETERS.and(Paging.PARAMETERS);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final TypeReference<List<End>> ENDS = new TypeReference<>() {};

    private final DatabaseClient client;
    private final RequestedRuns requested;
    private final EventStream stream;
    private final JsonMapper json;
    private final Clock clock;

    public RunRoutes(DatabaseClient client, RequestedRuns requested, EventStream stream, JsonMapper json, Clock clock) {
        this.client = client;
        this.requested = requested;
        this.stream = stream;
        this.json = json;
        this.clock = clock;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        Paging paging = Paging.of(arguments);
        return new RunListing(arguments, clock.instant(), client)
                .part(paging)
                .map(part -> part.body(paging, row -> json.writeValueAsBytes(row.run())))
                .timeout(TIMEOUT)
                .flatMap(RunRoutes::ok);
    }

    public Mono<ServerResponse> one(ServerRequest request) {
        Parameters.of().read(request.queryParams());
        String text = request.pathVariable("id");
        UUID id = id(text);
        return client.sql("select * from ingest_run where run_id = $1")
                .bind(0, id)
                .map(this::read)
                .one()
                .switchIfEmpty(Mono.fromCallable(() -> requested.find(id)).map(run -> new StoredRun(run, List.of())))
                .switchIfEmpty(Mono.error(() -> notFound(text)))
                .map(run -> new StoredRun(run.view.at(clock.instant()), run.ends))
                .flatMap(run -> outcome(run).map(outcome -> new RunDetail(run.view, outcome)))
                .map(json::writeValueAsBytes)
                .timeout(TIMEOUT)
                .flatMap(RunRoutes::ok);
    }

    private static Mono<ServerResponse> ok(byte[] body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notFound(text);
        }
    }

    private static ProblemException notFound(String id) {
        return ProblemException.notFound("there is no run %.100s".formatted(id));
    }

    private Mono<Outcome> outcome(StoredRun run) {
        Mono<Boolean> complete = run.isOver() ? stream.hasPassed(Groups.NORMALIZER, run.ends) : Mono.just(false);
        return complete.flatMap(isComplete -> isComplete ? counts(run) : Mono.just(Outcome.NOT_YET));
    }

    /** Only when it is complete: before, a count would be of no use, and it is asked for often. */
    private Mono<Outcome> counts(StoredRun run) {
        Mono<Long> loaded = count("select count(*) from price_history where run_id = $1", run);
        Mono<Long> quarantined = count("select count(*) from rejected_observation where run_id = $1", run);
        return Mono.zip(loaded, quarantined).map(counts -> run.outcome(counts.getT1(), counts.getT2()));
    }

    private Mono<Long> count(String sql, StoredRun run) {
        return client.sql(sql)
                .bind(0, run.view.runId())
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    private StoredRun read(Readable row) {
        List<End> ends = json.readValue(requireNonNull(row.get("ends", String.class)), ENDS);
        return new StoredRun(RunRow.read(row), ends.stream().map(End::position).toList());
    }

    private record End(String topic, int partition, long offset) {

        TopicPosition position() {
            return TopicPosition.newBuilder()
                    .setTopic(topic)
                    .setPartition(partition)
                    .setOffset(offset)
                    .build();
        }
    }

    private record StoredRun(RunView view, List<TopicPosition> ends) {

        boolean isOver() {
            return view.finishedAt() != null;
        }

        Outcome outcome(long loaded, long quarantined) {
            long rejected = quarantined - view.refused();
            return new Outcome(true, loaded, Math.max(0, view.published() - loaded - rejected), quarantined);
        }
    }
}
