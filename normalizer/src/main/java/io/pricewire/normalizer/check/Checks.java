package io.pricewire.normalizer.check;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.store.SqlStates;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes every check, one after another, each in a transaction of its own that sees one moment. It writes nothing. */
public final class Checks {

    /** The most of what breaks a rule that is shown. */
    public static final int MOST_EXAMPLES = 10;

    /** In which the server says itself that it took too long. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private static final String CANCELLED = "57014";
    private static final String PREPARE = """
            select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', $1, true),
              set_config('timezone', 'UTC', true)""";

    private static final String IS_OURS = "select pg_try_advisory_xact_lock(hashtext('pricewire.check'))";
    private static final String IS_THERE = "select to_regclass($1) is not null";
    private static final String IS_ANY_THERE =
            "select bool_or(to_regclass(name) is not null) from unnest($1::text[]) as t (name)";

    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final Duration limit;

    /**
     * @param limit the most that one check may take, which then looks only at what was stored lately where there may be
     *     much; zero for all, as long as it takes
     */
    public Checks(DatabaseClient client, TransactionalOperator transaction, Duration limit) {
        this.client = client;
        this.transaction = transaction;
        this.limit = limit;
    }

    /** What the checks are called. */
    static Stream<String> names() {
        return Stream.of(Check.values()).map(Outcome::name);
    }

    /** Whether there is any of the tables that are checked. Fails where the database is not there. */
    public Mono<Boolean> hasTables() {
        return isTrue(client.sql(IS_ANY_THERE)
                .bind(0, Stream.of(Check.values()).map(Check::table).toArray(String[]::new)));
    }

    /** What came of each; without its table a check tells nothing. Fails where the database is not there. */
    public Flux<Outcome> make() {
        return Flux.fromArray(Check.values())
                .concatMap(check -> look(check)
                        .as(transaction::transactional)
                        .onErrorResume(
                                failure -> !(failure instanceof CannotCreateTransactionException),
                                failure -> Mono.just(untold(check, failure))));
    }

    /**
     * What came of each within its limit, but for those that another instance makes at this time. Where the database is
     * not there all are untold.
     */
    Flux<Outcome> makeUnlessOthersDo() {
        return Flux.fromArray(Check.values())
                .concatMap(check -> isTrue(client.sql(IS_OURS))
                        .filter(isOurs -> isOurs)
                        .flatMap(isOurs -> look(check))
                        .as(transaction::transactional)
                        .timeout(limit.plus(MARGIN))
                        .onErrorResume(failure -> Mono.just(untold(check, failure))));
    }

    /** The most that all of them may take where each may take no longer than its limit. */
    Duration limitOfAll() {
        return limit.plus(MARGIN).multipliedBy(Check.values().length).plus(MARGIN);
    }

    private Mono<Outcome> look(Check check) {
        return client.sql(PREPARE)
                .bind(0, String.valueOf(limit.toMillis()))
                .then()
                .then(isTrue(client.sql(IS_THERE).bind(0, check.table())))
                .flatMap(isThere -> isThere
                        ? examples(check).map(examples -> Outcome.of(check, examples))
                        : Mono.just(Outcome.untold(check, "there is no table " + check.table())));
    }

    private Mono<List<String>> examples(Check check) {
        String sql = limit.isZero() ? check.sqlOfAll() : check.sqlOfLately();
        return client.sql("select * from (%s) broken limit %d".formatted(sql, MOST_EXAMPLES + 1))
                .map(row -> requireNonNull(row.get(0, String.class)))
                .all()
                .collectList();
    }

    private static Mono<Boolean> isTrue(DatabaseClient.GenericExecuteSpec question) {
        return question.map(row -> requireNonNull(row.get(0, Boolean.class))).one();
    }

    private Outcome untold(Check check, Throwable failure) {
        return Outcome.untold(
                check, isTooLong(failure) ? "it takes longer than " + limit : SqlStates.describe(failure));
    }

    private static boolean isTooLong(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure.getCause() instanceof R2dbcException cause && CANCELLED.equals(cause.getSqlState()));
    }

    /**
     * What came of a check.
     *
     * @param name of the check
     * @param meaning what is to hold
     * @param isTold whether it ended, and in time
     * @param examples what breaks it: all, or one more than are shown; where it is not told, the reason
     */
    public record Outcome(String name, String meaning, boolean isTold, List<String> examples) {

        static Outcome of(Check check, List<String> examples) {
            return new Outcome(name(check), check.meaning(), true, examples);
        }

        static Outcome untold(Check check, String reason) {
            return new Outcome(name(check), check.meaning(), false, List.of(reason));
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
