package io.pricewire.ingestor;

import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.tracing.Traces;
import java.time.Clock;

/**
 * What a leader has, and gives up with its leadership.
 *
 * @param checkpoints how far the ingestor has come
 * @param published what it said last
 * @param schedule when it is to ask next
 */
record Term(
        EventPublisher publisher,
        IngestEvents events,
        Checkpoints checkpoints,
        LastPublished published,
        Demands demands,
        Schedule schedule,
        CallBudget budget,
        IngestMeters meters,
        SourceMeters ofSource,
        Traces traces,
        Clock clock) {}
