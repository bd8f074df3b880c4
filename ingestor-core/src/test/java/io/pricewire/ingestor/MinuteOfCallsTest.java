package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MinuteOfCallsTest {

    private Instant now = Instant.parse("2026-11-21T07:00:00Z");
    private final MinuteOfCalls minute = new MinuteOfCalls(new CallBudget(2, 0), new MovingClock());

    @Test
    void hasLeftWhatWasNotAskedWithinTheLastMinute() {
        assertThat(minute.left()).isEqualTo(2);
        minute.add();
        now = now.plusSeconds(30);
        minute.add();
        assertThat(minute.left()).isZero();

        now = now.plusSeconds(29);
        assertThat(minute.left()).isZero();
        now = now.plusSeconds(1);
        assertThat(minute.left()).isEqualTo(1);
        now = now.plusSeconds(30);
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

    private final class MovingClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
