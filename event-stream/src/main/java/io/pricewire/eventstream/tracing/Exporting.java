package io.pricewire.eventstream.tracing;

import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Traces whose spans are sent to a collector, in batches, by OpenTelemetry. It holds up nothing: where the collector is
 * away, spans are dropped, and closing takes two seconds at most.
 */
final class Exporting {

    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final long CLOSES_WITHIN_SECONDS = 2;

    private Exporting() {}

    static Traces to(String endpoint, String service, BigDecimal probability) {
        TraceIds ids = new TraceIds();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .setIdGenerator(ids)
                .setSampler(Sampler.parentBased(new ShareOfTraces(probability)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint)
                                .setRetryPolicy(null)
                                .build())
                        .setScheduleDelay(DELAY)
                        .build())
                .build();
        Tracer tracer = provider.get("io.pricewire");
        return new Traces(
                new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {}),
                new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer),
                ids,
                () -> provider.shutdown().join(CLOSES_WITHIN_SECONDS, TimeUnit.SECONDS));
    }
}
