package io.pricewire.normalizer.reference;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * How many reference prices there are. Those of all statuses add up to all of them; the unconfirmed jumps are among them,
 * whatever their status. Every instance shows all: instances do not add up.
 */
public final class ReferenceCounts {

    private static final String COUNT = """
            select status, count(*) as prices, count(*) filter (where unconfirmed) as unconfirmed
            from price_reference group by status""";

    private final DatabaseClient client;
    private final Map<String, AtomicLong> prices;
    private final AtomicLong unconfirmed = new AtomicLong();

    public ReferenceCounts(DatabaseClient client, MeterRegistry registry) {
        this.client = client;
        this.prices = Arrays.stream(Status.values())
                .map(Status::code)
                .collect(Collectors.toMap(Function.identity(), status -> new AtomicLong()));
        prices.forEach((status, count) -> Gauge.builder("pricewire.normalizer.reference.prices", () -> count)
                .description("Reference prices by status")
                .tag("status", status)
                .register(registry));
        Gauge.builder("pricewire.normalizer.reference.unconfirmed.prices", () -> unconfirmed)
                .description("Reference prices that have jumped, and no second source confirms it")
                .register(registry);
    }

    /** Counts once. */
    public Mono<Void> round() {
        return client.sql(COUNT)
                .map(row -> new Counted(
                        requireNonNull(row.get("status", String.class)),
                        requireNonNull(row.get("prices", Long.class)),
                        requireNonNull(row.get("unconfirmed", Long.class))))
                .all()
                .collectList()
                .doOnNext(this::show)
                .then();
    }

    private void show(List<Counted> counted) {
        Map<String, Long> byStatus = counted.stream().collect(Collectors.toMap(Counted::status, Counted::prices));
        prices.forEach((status, count) -> count.set(byStatus.getOrDefault(status, 0L)));
        unconfirmed.set(counted.stream().mapToLong(Counted::unconfirmed).sum());
    }

    private record Counted(String status, long prices, long unconfirmed) {}
}
