package io.pricewire.eventstream.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareOfTracesTest {

    @Test
    void samplesATraceBelowTheShare() {
        assertThat(decision("22222222222242228222000000000000", "0.5")).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision("22222222222242228a7fffffffffffff", "0.5")).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    }

    @Test
    void leavesOutATraceAtOrAboveTheShare() {
        assertThat(decision("22222222222242228a80000000000000", "0.5")).isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void samplesAllAtOneAndNoneAtZero() {
        assertThat(decision("ffffffffffffffffffffffffffffffff", "1")).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision("00000000000000000000000000000000", "0")).isEqualTo(SamplingDecision.DROP);
    }

    private static SamplingDecision decision(String traceId, String share) {
        return new ShareOfTraces(new BigDecimal(share))
                .shouldSample(Context.root(), traceId, "ingest", SpanKind.INTERNAL, Attributes.empty(), List.of())
                .getDecision();
    }
}
