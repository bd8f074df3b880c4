package io.pricewire.normalizer.store;

import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** What Postgres says by the <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">class</a> of its errors. */
public final class SqlStates {

    private static final Logger log = LoggerFactory.getLogger(SqlStates.class);

    /** Data exceptions, violations of constraints, and what is too large for an index. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    /** The connection, the transaction, the resources, the operator. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    private static final String CHECK_VIOLATION = "23514";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final int ATTEMPTS = 20;
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private SqlStates() {}

    static boolean isRefusalOfData(Throwable failure) {
        return REFUSALS.contains(classOf(failure));
    }

    /** Whether a row has no partition to go to: a check that failed and has no name. */
    static boolean isMissingPartition(Throwable failure) {
        return cause(failure) instanceof PostgresqlException refusal
                && CHECK_VIOLATION.equals(refusal.getErrorDetails().getCode())
                && refusal.getErrorDetails().getConstraintName().isEmpty();
    }

    /** Whether something was not ours to lock within the time that we wait for it. */
    static boolean isLockedByOthers(Throwable failure) {
        R2dbcException cause = cause(failure);
        return cause != null && LOCK_NOT_AVAILABLE.equals(cause.getSqlState());
    }

    /** Tries again, with growing delays, while what went wrong may pass; in the end it fails all the same. */
    public static RetryBackoffSpec whilePassing() {
        return Retry.backoff(ATTEMPTS, FIRST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .filter(failure ->
                        PASSING.contains(classOf(failure)) || failure instanceof DataAccessResourceFailureException)
                .doBeforeRetry(attempt -> log.warn(
                        "writing is tried again attempt={} reason={}",
                        attempt.totalRetries() + 1,
                        describe(attempt.failure())))
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    /** What went wrong, in a line. */
    public static String describe(Throwable failure) {
        R2dbcException cause = cause(failure);
        return cause == null ? failure.toString() : "%s: %s".formatted(cause.getSqlState(), cause.getMessage());
    }

    private static String classOf(Throwable failure) {
        R2dbcException cause = cause(failure);
        String state = cause == null ? null : cause.getSqlState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static @Nullable R2dbcException cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException found) {
                return found;
            }
        }
        return null;
    }
}
