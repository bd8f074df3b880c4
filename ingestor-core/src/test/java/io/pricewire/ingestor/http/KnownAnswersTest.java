package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.ingestor.http.KnownAnswers.Known;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class KnownAnswersTest {

    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    private final MutableClock clock = MutableClock.of(START, ZoneOffset.UTC);
    private final KnownAnswers known = new KnownAnswers(10, clock);

    @Test
    void keepsNoMoreBytesThanItMayAndForgetsFirstWhatWasNotAskedForLongest() {
        known.put(uri("a"), answer(5));
        known.put(uri("b"), answer(5));
        known.find(uri("a"));
        known.put(uri("c"), answer(5));

        assertThat(known.find(uri("a"))).isNotNull();
        assertThat(known.find(uri("b"))).isNull();
        assertThat(known.find(uri("c"))).isNotNull();
    }

    @Test
    void keepsNoneThatIsLargerThanAllOfThem() {
        known.put(uri("a"), answer(11));

        assertThat(known.find(uri("a"))).isNull();
    }

    @Test
    void forgetsWhatWasSentMoreThanADayAgo() {
        known.put(uri("a"), answer(5));
        clock.add(Duration.ofDays(1));
        assertThat(known.find(uri("a"))).isNotNull();

        clock.add(Duration.ofMillis(1));

        assertThat(known.find(uri("a"))).isNull();
        known.put(uri("b"), answer(10));
        assertThat(known.find(uri("b"))).as("there is room again").isNotNull();
    }

    private Known answer(int bytes) {
        return new Known("\"v1\"", new byte[bytes], clock.instant());
    }

    private static URI uri(String name) {
        return URI.create("http://localhost/" + name);
    }
}
