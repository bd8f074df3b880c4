package io.pricewire.normalizer.check;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes every check, one after another, each in a transaction of its own that sees one moment. It writes nothing. */
public final class Checks {

    /** The most of what breaks a rule that is shown. */
    public static final int MOST_EXAMPLES = 10;

    private static final String CANCELLED = "57014";
    private static final String PREPARE = """
            select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', $1, true),
              set_config('timezone', 'UTC', true)""";

    private static final String IS_THERE = "select to_regclass($1) is not null";

    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final Duration limit;

    /** @param limit the most that one check may take; zero for as long as it takes */
    public Checks(DatabaseClient client, TransactionalOperator transaction, Duration limit) {
        this.client = client;
        this.transaction = transaction;
        this.limit = limit;
    }

    /** What came of each. */
    public Flux<Outcome> make() {
        return Flux.fromArray(Check.values()).concatMap(this::make);
    }

    private Mono<Outcome> make(Check check) {
        return client.sql(PREPARE)
                .bind(0, String.valueOf(limit.toMillis()))
                .then()
                .then(client.sql(IS_THERE)
                        .bind(0, check.table())
                        .map(row -> requireNonNull(row.get(0, Boolean.class)))
                        .one())
                .filter(isThere -> isThere)
                .flatMap(isThere -> examples(check))
                .as(transaction::transactional)
                .map(examples -> Outcome.of(check, examples))
                .onErrorResume(Checks::isTooLong, failure -> Mono.just(Outcome.untold(check, limit)))
                .defaultIfEmpty(Outcome.of(check, List.of()));
    }

    private Mono<List<String>> examples(Check check) {
        return client.sql("select * from (%s) broken limit %d".formatted(check.sql(), MOST_EXAMPLES + 1))
                .map(row -> requireNonNull(row.get(0, String.class)))
                .all()
                .collectList();
    }

    private static boolean isTooLong(Throwable failure) {
        return failure.getCause() instanceof R2dbcException cause && CANCELLED.equals(cause.getSqlState());
    }

    /**
     * What came of a check.
     *
     * @param name of the check
     * @param meaning what is to hold
     * @param isTold whether it ended in time
     * @param examples what breaks it: all, or one more than are shown
     */
    public record Outcome(String name, String meaning, boolean isTold, List<String> examples) {

        static Outcome of(Check check, List<String> examples) {
            return new Outcome(name(check), check.meaning(), true, examples);
        }

        static Outcome untold(Check check, Duration limit) {
            return new Outcome(name(check), check.meaning(), false, List.of("it takes longer than " + limit));
        }

        /** Whether it holds. */
        public boolean isGood() {
            return isTold && examples.isEmpty();
        }

        private static String name(Check check) {
            return check.name().toLowerCase(Locale.ROOT);
        }
    }
}
