package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class MinuteOfCallsTest {

    private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-21T07:00:00Z"), ZoneOffset.UTC);
    private final MinuteOfCalls minute = new MinuteOfCalls(new CallBudget(2, 0), clock);

    @Test
    void hasLeftWhatWasNotAskedWithinTheLastMinute() {
        assertThat(minute.left()).isEqualTo(2);
        minute.add();
        clock.add(Duration.ofSeconds(30));
        minute.add();
        assertThat(minute.left()).isZero();

        clock.add(Duration.ofSeconds(29));
        assertThat(minute.left()).isZero();
        clock.add(Duration.ofSeconds(1));
        assertThat(minute.left()).isEqualTo(1);
        clock.add(Duration.ofSeconds(30));
        assertThat(minute.left()).isEqualTo(2);
    }

    @Test
    void hasNeverLessThanNothingLeft() {
        minute.add();
        minute.add();
        minute.add();

        assertThat(minute.left()).isZero();
    }

    @Test
    void countsNothingWhereThereIsNoBound() {
        assertThat(new MinuteOfCalls(CallBudget.UNBOUNDED, Clock.systemUTC()).isBounded())
                .isFalse();
        assertThat(minute.isBounded()).isTrue();
    }
}
