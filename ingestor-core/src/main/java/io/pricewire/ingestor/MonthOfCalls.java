package io.pricewire.ingestor;

import io.pricewire.proto.v1.Checkpoint;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

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

    /** @param last where the ingestor was before the run; null where it has never been */
    static MonthOfCalls of(CallBudget budget, @Nullable Checkpoint last, Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        long before = last != null && last.getMonth().equals(month.toString()) ? last.getCallsInMonth() : 0;
        return new MonthOfCalls(month, before, budget.perMonth());
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
