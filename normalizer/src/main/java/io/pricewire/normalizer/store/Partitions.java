package io.pricewire.normalizer.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The partitions of one table: makes those that rows are about to go to, past ones too, and remembers which there are.
 * Several instances may make the same one at the same time; one of them does.
 */
final class Partitions {

    private final String table;
    private final Period width;
    private final UnaryOperator<OffsetDateTime> start;
    private final DatabaseClient client;
    private final Set<OffsetDateTime> known = ConcurrentHashMap.newKeySet();

    private Partitions(String table, Period width, UnaryOperator<OffsetDateTime> start, DatabaseClient client) {
        this.table = table;
        this.width = width;
        this.start = start;
        this.client = client;
    }

    /** Those of the tables of the history and of the payloads. */
    static List<Partitions> all(DatabaseClient client) {
        return List.of(monthly(DataSet.HISTORY.table(), client), daily(DataSet.RAW.table(), client));
    }

    static Partitions monthly(String table, DatabaseClient client) {
        return new Partitions(
                table,
                Period.ofMonths(1),
                time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1),
                client);
    }

    static Partitions daily(String table, DatabaseClient client) {
        return new Partitions(table, Period.ofDays(1), time -> time.truncatedTo(ChronoUnit.DAYS), client);
    }

    /** Completes when there is a partition for each of these times. */
    Mono<Void> ensure(Stream<Instant> times) {
        return make(times.map(this::startOf));
    }

    /** Completes when there is a partition for this time, and one for the time after it. */
    Mono<Void> ensureAhead(Instant time) {
        return make(ahead(time).stream());
    }

    /** Where the partition for this time starts, and where the one after it. */
    List<OffsetDateTime> ahead(Instant time) {
        OffsetDateTime current = startOf(time);
        return List.of(current, current.plus(width));
    }

    /** Takes none for granted any more: one may have expired. */
    void forget() {
        known.clear();
    }

    String table() {
        return table;
    }

    private OffsetDateTime startOf(Instant time) {
        return start.apply(time.atOffset(ZoneOffset.UTC));
    }

    private Mono<Void> make(Stream<OffsetDateTime> starts) {
        Set<OffsetDateTime> missing =
                starts.filter(partition -> !known.contains(partition)).collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return Mono.empty();
        }
        return client.sql("select ensure_partitions($1, $2, $3::interval)")
                .bind(0, table)
                .bind(1, missing.toArray(new OffsetDateTime[0]))
                .bind(2, width.toString())
                .then()
                .doOnSuccess(made -> known.addAll(missing));
    }
}
