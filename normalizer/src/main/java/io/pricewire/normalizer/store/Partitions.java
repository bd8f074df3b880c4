package io.pricewire.normalizer.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The partitions of one table: makes those that rows are about to go to, past ones too, and remembers which there are. */
final class Partitions {

    private final String table;
    private final String width;
    private final UnaryOperator<OffsetDateTime> start;
    private final DatabaseClient client;
    private final Set<OffsetDateTime> known = ConcurrentHashMap.newKeySet();

    private Partitions(String table, String width, UnaryOperator<OffsetDateTime> start, DatabaseClient client) {
        this.table = table;
        this.width = width;
        this.start = start;
        this.client = client;
    }

    static Partitions monthly(String table, DatabaseClient client) {
        return new Partitions(
                table, "1 month", time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1), client);
    }

    static Partitions daily(String table, DatabaseClient client) {
        return new Partitions(table, "1 day", time -> time.truncatedTo(ChronoUnit.DAYS), client);
    }

    /** Completes when there is a partition for each of these times. */
    Mono<Void> ensure(Stream<Instant> times) {
        Set<OffsetDateTime> missing = times.map(time -> start.apply(time.atOffset(ZoneOffset.UTC)))
                .filter(partition -> !known.contains(partition))
                .collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return Mono.empty();
        }
        return client.sql("select ensure_partitions($1, $2, $3::interval)")
                .bind(0, table)
                .bind(1, missing.toArray(new OffsetDateTime[0]))
                .bind(2, width)
                .then()
                .doOnSuccess(made -> known.addAll(missing));
    }
}
