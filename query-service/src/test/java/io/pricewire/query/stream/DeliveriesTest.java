package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.tracing.Traces;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries(Traces.NONE, Clock.systemUTC());

    @Test
    void areSharedByTheEventsOfATraceThoughOthersComeInBetween() {
        Delivery first = deliveries.of("one");
        deliveries.of("other");

        assertThat(deliveries.of("one")).isSameAs(first);
    }

    @Test
    void areForgottenThatWereNotAskedForTheLongest() {
        Delivery first = deliveries.of("first");
        Delivery second = deliveries.of("second");
        IntStream.range(2, 32).forEach(trace -> deliveries.of("trace " + trace));
        deliveries.of("first");

        deliveries.of("one too many");

        assertThat(deliveries.of("first")).isSameAs(first);
        assertThat(deliveries.of("second")).isNotSameAs(second);
    }
}
