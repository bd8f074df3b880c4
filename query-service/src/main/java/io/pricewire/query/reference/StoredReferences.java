package io.pricewire.query.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reference prices that the normalizer has stored: all there are, however long ago they were published. */
public final class StoredReferences {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOKED_FOR_EVERY = Duration.ofMillis(500);

    private final DatabaseClient client;

    public StoredReferences(DatabaseClient client) {
        this.client = client;
    }

    /** All of them. Where the normalizer has not made the table yet, it is waited for. */
    public Flux<ReferenceView> all() {
        return isThere()
                .filter(isThere -> isThere)
                .repeatWhenEmpty(times -> times.delayElements(LOOKED_FOR_EVERY))
                .thenMany(client.sql("select %s from price_reference".formatted(ReferenceRow.COLUMNS))
                        .map(ReferenceRow::read)
                        .all()
                        .timeout(TIMEOUT));
    }

    private Mono<Boolean> isThere() {
        return client.sql("select to_regclass('price_reference') is not null")
                .map(row -> requireNonNull(row.get(0, Boolean.class)))
                .one()
                .timeout(TIMEOUT);
    }
}
