package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ObservedLagTest {

    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(START);
    private final ObservedLag lag =
            new ObservedLag(InstantSource.tick(time::get, Duration.ofMillis(1)).withZone(ZoneOffset.UTC));

    @Test
    void isNothingBeforeAnythingWasRead() {
        assertThat(lag.current()).isZero();
    }

    @Test
    void isTheAgeOfWhatWasReadLast() {
        lag.read(START.minusSeconds(90));
        lag.read(START.minusSeconds(70));

        assertThat(lag.current()).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void lastsForHalfAMinute() {
        lag.read(START.minusSeconds(90));

        time.set(START.plusSeconds(30));
        assertThat(lag.current()).isEqualTo(Duration.ofSeconds(90));

        time.set(START.plusSeconds(30).plusMillis(1));
        assertThat(lag.current()).isZero();
    }
}
