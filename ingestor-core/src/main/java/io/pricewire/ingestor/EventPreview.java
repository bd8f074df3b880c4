package io.pricewire.ingestor;

import io.pricewire.eventstream.Event;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RunTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The events that prices from a file would become, for who wants to know what becomes of them without servers. */
public final class EventPreview {

    private final IngestEvents events = new IngestEvents("csv", Duration.ZERO, Duration.ZERO);
    private final IngestRun run = IngestRun.newBuilder()
            .setRunId(UUID.randomUUID().toString())
            .setTrigger(RunTrigger.RUN_TRIGGER_FILE)
            .build();

    /** The event of a price that was fetched now. */
    public Event<PriceObserved> of(ObservedPrice price, Instant now) {
        return events.of(price, run, now);
    }
}
