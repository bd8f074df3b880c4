package io.pricewire.eventstream.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracesTest {

    private static final UUID TRACE = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final String SAMPLED = "00-22222222222242228222222222222222-00f067aa0ba902b7-01";
    private static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");

    @Test
    void makesNothingWhereNothingIsTraced() {
        assertThat(Traces.NONE.first("ingest", TRACE)).isSameAs(TraceSpan.NONE);
        assertThat(Traces.NONE.next(Span.Kind.CONSUMER, "normalize", SAMPLED, TIME))
                .isSameAs(TraceSpan.NONE);
        assertThat(Traces.NONE.isRecorded(SAMPLED)).isFalse();
    }

    @Test
    void givesATraceTheIdOfWhatItIsOf() {
        try (Traces traces = traces(BigDecimal.ONE)) {
            assertThat(traces.first("ingest", TRACE).traceparent())
                    .matches("00-22222222222242228222222222222222-[0-9a-f]{16}-01");
        }
    }

    @Test
    void makesNothingOfATraceThatIsNotSampled() {
        try (Traces traces = traces(BigDecimal.ZERO)) {
            assertThat(traces.first("ingest", TRACE)).isSameAs(TraceSpan.NONE);
        }
    }

    @Test
    void continuesATraceThatSomeoneElseSampled() {
        try (Traces traces = traces(BigDecimal.ZERO)) {
            assertThat(traces.next(Span.Kind.CONSUMER, "normalize", SAMPLED, TIME)
                            .traceparent())
                    .startsWith("00-22222222222242228222222222222222-")
                    .doesNotContain("00f067aa0ba902b7")
                    .endsWith("-01");
        }
    }

    @Test
    void continuesNothingThatIsNoTrace() {
        try (Traces traces = traces(BigDecimal.ONE)) {
            String malformed = SAMPLED.replace('f', 'x');

            assertThat(traces.next(Span.Kind.CONSUMER, "normalize", malformed, TIME))
                    .isSameAs(TraceSpan.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00-22222222222242228222222222222222-00f067aa0ba902b7-01, true",
        "00-22222222222242228222222222222222-00f067aa0ba902b7-03, true",
        "00-22222222222242228222222222222222-00f067aa0ba902b7-00, false",
        "00-22222222222242228222222222222222-00f067aa0ba902b7-0, false",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
        "00-22222222222242228222222222222222-0000000000000000-01, false",
        "00-22222222222242228222222222222222-00F067AA0BA902B7-01, false",
        "00-2222222222224222822222222222222g-00f067aa0ba902b7-01, false",
        "00_22222222222242228222222222222222-00f067aa0ba902b7-01, false",
        "ff-22222222222242228222222222222222-00f067aa0ba902b7-01, false",
        "nonsense, false",
        ", false"
    })
    void recordsWhatIsSampled(String traceparent, boolean isRecorded) {
        try (Traces traces = traces(BigDecimal.ZERO)) {
            assertThat(traces.isRecorded(traceparent)).isEqualTo(isRecorded);
        }
    }

    /** Nobody listens there, which holds up nothing. */
    private static Traces traces(BigDecimal probability) {
        return Exporting.to("http://localhost:9/v1/traces", "test", probability);
    }
}
