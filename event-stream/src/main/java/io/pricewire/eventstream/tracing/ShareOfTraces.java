package io.pricewire.eventstream.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.math.BigDecimal;
import java.util.List;

/**
 * Samples a share of all traces, by their ids alone, so that all services decide alike. It looks at the last 56 bits, as
 * W3C Trace Context has it; OpenTelemetry's own looks at eight bytes, of which the first two bits of a UUID are fixed.
 */
record ShareOfTraces(BigDecimal share) implements Sampler {

    private static final int HEX_DIGITS = 14;
    private static final BigDecimal VALUES = BigDecimal.TWO.pow(56);

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        long value = Long.parseLong(traceId.substring(traceId.length() - HEX_DIGITS), 16);
        return value < share.multiply(VALUES).longValue() ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "%s of all traces".formatted(share);
    }
}
