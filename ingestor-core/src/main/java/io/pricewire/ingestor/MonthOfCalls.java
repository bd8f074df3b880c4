package io.pricewire.ingestor;

import io.pricewire.proto.v1.Checkpoint;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What a source was asked in a calendar month, before a run and in it. Nobody tells us when a service's month begins; UTC's
 * is as good as another.
 */
final class MonthOfCalls {

    private final YearMonth month;
    private final long before;
    private final int most;

    private MonthOfCalls(YearMonth month, long before, int most) {
        this.month = month;
        this.before = before;
        this.most = most;
    }

    /** @param checkpoints where the ingestor was before the run */
    static MonthOfCalls of(CallBudget budget, Checkpoints checkpoints, Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        return new MonthOfCalls(month, checkpoints.callsIn(month.toString()), budget.perMonth());
    }

    boolean isBounded() {
        return most > 0;
    }

    /** How many more may be made when so many were made in the run. */
    long left(long made) {
        return Math.max(0, most - before - made);
    }

    /** When the next month begins. */
    Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    void writeTo(Checkpoint.Builder checkpoint, long made) {
        checkpoint.setMonth(month.toString()).setCallsInMonth(before + made);
    }
}
