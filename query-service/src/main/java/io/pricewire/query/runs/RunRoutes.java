package io.pricewire.query.runs;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.EventStream;
import io.pricewire.proto.Groups;
import io.pricewire.proto.v1.TopicPosition;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.runs.RunDetail.Outcome;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the ingestors did, one run at a time. */
public final class RunRoutes {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MILLISECONDS = 3;
    private static final TypeReference<List<End>> ENDS = new TypeReference<>() {};

    private final DatabaseClient client;
    private final EventStream stream;
    private final JsonMapper json;

    public RunRoutes(DatabaseClient client, EventStream stream, JsonMapper json) {
        this.client = client;
        this.stream = stream;
        this.json = json;
    }

    public Mono<ServerResponse> one(ServerRequest request) {
        Parameters.of().read(request.queryParams());
        String text = request.pathVariable("id");
        return client.sql("select * from ingest_run where run_id = $1")
                .bind(0, id(text))
                .map(this::read)
                .one()
                .switchIfEmpty(Mono.error(() -> notFound(text)))
                .flatMap(run -> outcome(run).map(outcome -> new RunDetail(run.view, outcome)))
                .timeout(TIMEOUT)
                .flatMap(run -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(json.writeValueAsBytes(run)));
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
        Instant startedAt = row.get("started_at", Instant.class);
        Instant finishedAt = row.get("finished_at", Instant.class);
        RunView view = new RunView(
                get(row, "run_id", UUID.class),
                get(row, "ingestor", String.class),
                get(row, "status", String.class),
                get(row, "trigger", String.class),
                startedAt,
                finishedAt,
                duration(startedAt, finishedAt),
                get(row, "seen", Long.class),
                get(row, "published", Long.class),
                get(row, "unchanged", Long.class),
                get(row, "refused", Long.class),
                get(row, "calls", Long.class),
                get(row, "retries", Long.class),
                row.get("error", String.class),
                row.get("joined_run_id", UUID.class),
                row.get("file", String.class),
                get(row, "size", Long.class),
                get(row, "progress", Long.class));
        List<End> ends = json.readValue(get(row, "ends", String.class), ENDS);
        return new StoredRun(view, ends.stream().map(End::position).toList());
    }

    private static @Nullable BigDecimal duration(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? null
                : BigDecimal.valueOf(Duration.between(from, to).toMillis(), MILLISECONDS);
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
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
