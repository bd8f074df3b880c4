package io.pricewire.normalizer.identity;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How many aliases there are, by whether they are decided. Every instance shows all of them: they do not add up. */
public final class AliasCounts {

    private static final String COUNT = "select status, count(*) as aliases from asset_alias group by status";

    private final DatabaseClient client;
    private final Map<String, AtomicLong> aliases;

    public AliasCounts(DatabaseClient client, MeterRegistry registry) {
        this.client = client;
        this.aliases = List.of("ambiguous", "decided").stream()
                .collect(Collectors.toMap(Function.identity(), status -> new AtomicLong()));
        aliases.forEach((status, count) -> Gauge.builder("pricewire.normalizer.identity.aliases", () -> count)
                .description("What sources call assets, by whether it is decided which assets these are")
                .tag("status", status)
                .register(registry));
    }

    /** Counts once. */
    public Mono<Void> round() {
        return client.sql(COUNT)
                .map(row -> Map.entry(
                        requireNonNull(row.get("status", String.class)),
                        requireNonNull(row.get("aliases", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(counted -> aliases.forEach((status, count) -> count.set(counted.getOrDefault(status, 0L))))
                .then();
    }
}
