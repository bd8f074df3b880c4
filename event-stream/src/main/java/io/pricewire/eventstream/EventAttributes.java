package io.pricewire.eventstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an event besides its value: the context attributes of
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>, and the trace that
 * it belongs to.
 *
 * @param id the same for the same event, however often it is published; see {@link EventId}
 * @param source where it comes from, a URI reference: {@code /pricewire/ingestor/csv}
 * @param time when it happened, which may be long before it is published
 * @param subject what it is about within its source
 * @param traceparent the W3C trace context; null where there is none
 */
public record EventAttributes(
        String id,
        String source,
        Instant time,
        String subject,
        @Nullable String traceparent) {}
