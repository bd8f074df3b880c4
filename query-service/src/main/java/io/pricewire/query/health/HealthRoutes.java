package io.pricewire.query.health;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.EventStream;
import io.pricewire.query.health.HealthView.LastRun;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.runs.RunView;
import io.pricewire.query.sources.SourceStates;
import io.pricewire.query.sources.SourceView;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The state of the whole, for people and for load balancers: 503 where the database or the broker is away. */
public final class HealthRoutes {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String STALE = "stale";

    private final SourceStates states;
    private final EventStream stream;
    private final LatestPrices prices;
    private final JsonMapper json;
    private final String version;
    private final Clock clock;

    public HealthRoutes(
            SourceStates states,
            EventStream stream,
            LatestPrices prices,
            JsonMapper json,
            String version,
            Clock clock) {
        this.states = states;
        this.stream = stream;
        this.prices = prices;
        this.json = json;
        this.version = version;
        this.clock = clock;
    }

    public Mono<ServerResponse> health(ServerRequest request) {
        Parameters.of().read(request.queryParams());
        return Mono.zip(lastRuns(), brokerAnswers())
                .map(answers -> view(answers.getT1(), answers.getT2()))
                .flatMap(view -> ServerResponse.status(
                                view.status().equals("unhealthy") ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .bodyValue(json.writeValueAsBytes(view)));
    }

    /** Empty where the database does not answer. */
    private Mono<Optional<List<LastRun>>> lastRuns() {
        return states.read()
                .map(sources -> List.copyOf(sources.stream()
                        .filter(source -> source.lastRun() != null)
                        .collect(Collectors.toMap(
                                SourceView::ingestor, this::lastRun, (one, other) -> one, LinkedHashMap::new))
                        .values()))
                .map(Optional::of)
                .timeout(TIMEOUT)
                .onErrorReturn(Optional.empty());
    }

    /** Only of what is polled is anything fresh to be expected. */
    private LastRun lastRun(SourceView source) {
        RunView run = requireNonNull(source.lastRun());
        boolean isStale = states.isPolled(source) && SourceStates.isStale(source);
        boolean isFailing = run.status().equals("failure");
        return new LastRun(
                run.ingestor(),
                requireNonNull(run.finishedAt()),
                run.status(),
                run.seen(),
                isStale ? STALE : source.state(),
                isStale || isFailing ? SourceTrouble.reason(source) : null,
                run.nextRunAt());
    }

    private Mono<Boolean> brokerAnswers() {
        return stream.ping().thenReturn(true).timeout(TIMEOUT).onErrorReturn(false);
    }

    private HealthView view(Optional<List<LastRun>> runs, boolean brokerConnected) {
        List<LastRun> sources = runs.orElse(List.of());
        List<String> failing = names(sources, run -> run.status().equals("failure"));
        List<String> stale = names(sources, run -> run.state().equals(STALE));
        String status;
        String message;
        if (runs.isEmpty() || !brokerConnected) {
            status = "unhealthy";
            message = "%s not answering".formatted(away(runs.isEmpty(), !brokerConnected));
        } else if (!prices.isComplete()) {
            status = "degraded";
            message = "the latest prices are still being read";
        } else if (!failing.isEmpty()) {
            status = "degraded";
            message = "the last run failed of: " + String.join(", ", failing);
        } else if (!stale.isEmpty()) {
            status = "degraded";
            message = "none of the prices is fresh of: " + String.join(", ", stale);
        } else {
            status = "healthy";
            message = "all is well";
        }
        return new HealthView(
                status,
                message,
                version,
                runs.isPresent(),
                brokerConnected,
                clock.instant(),
                sources.stream().max(Comparator.comparing(LastRun::timestamp)).orElse(null),
                sources);
    }

    private static List<String> names(List<LastRun> sources, Predicate<LastRun> isMeant) {
        return sources.stream().filter(isMeant).map(LastRun::source).toList();
    }

    private static String away(boolean database, boolean broker) {
        if (database && broker) {
            return "database and broker are";
        }
        return database ? "the database is" : "the broker is";
    }
}
