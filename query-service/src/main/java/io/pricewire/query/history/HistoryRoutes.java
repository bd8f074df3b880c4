package io.pricewire.query.history;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.PageBody;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The observations of one asset, newest first. */
public final class HistoryRoutes {

    /** What the history can be asked for. */
    public static final Parameters PARAMETERS = HistoryRequest.PARAMETERS.and(Parameters.of(Numbers.PARAMETER));

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DatabaseClient client;
    private final DecimalJson json;

    public HistoryRoutes(DatabaseClient client, DecimalJson json) {
        this.client = client;
        this.json = json;
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        Arguments arguments = PARAMETERS.read(request.queryParams());
        HistoryRequest wanted = HistoryRequest.of(request.pathVariable("asset"), arguments);
        return requireAsset(wanted.asset())
                .then(Mono.defer(() -> wanted.paging().isByCursor() ? after(wanted) : page(wanted)))
                .map(part -> part.body(wanted.paging(), Numbers.of(arguments), json))
                .timeout(TIMEOUT)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }

    private Mono<Boolean> requireAsset(String asset) {
        return client.sql("select 1 from asset where asset_id = $1")
                .bind(0, asset)
                .map(row -> true)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("there is no asset " + asset)));
    }

    private Mono<Part> page(HistoryRequest wanted) {
        Paging paging = wanted.paging();
        Mono<Long> total = new HistoryQuery(wanted)
                .count(client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
        return rows(new HistoryQuery(wanted), paging.offset(), paging.size())
                .zipWith(
                        total,
                        (rows, count) -> new Part(
                                rows,
                                count,
                                rows.isEmpty() || paging.offset() + rows.size() >= count ? null : next(rows)));
    }

    private Mono<Part> after(HistoryRequest wanted) {
        Paging paging = wanted.paging();
        HistoryQuery query = new HistoryQuery(wanted);
        String cursor = String.valueOf(paging.cursor());
        if (!cursor.isEmpty()) {
            query.after(HistoryCursor.parse(cursor));
        }
        // One more than is wanted tells whether there is more.
        return rows(query, 0, paging.size() + 1).map(rows -> {
            if (rows.size() <= paging.size()) {
                return new Part(rows, null, null);
            }
            List<ObservationView> part = rows.subList(0, paging.size());
            return new Part(part, null, next(part));
        });
    }

    private Mono<List<ObservationView>> rows(HistoryQuery query, long offset, int limit) {
        return query.rows(client, offset, limit).map(ObservationRow::read).all().collectList();
    }

    private static String next(List<ObservationView> rows) {
        return HistoryCursor.of(rows.getLast()).text();
    }

    private record Part(
            List<ObservationView> rows,
            @Nullable Long total,
            @Nullable String next) {

        byte[] body(Paging paging, Numbers form, DecimalJson json) {
            return PageBody.of(
                    rows.stream().map(row -> json.write(row, form)).toList(),
                    paging.isByCursor() ? null : paging.page(),
                    paging.size(),
                    total,
                    next);
        }
    }
}
