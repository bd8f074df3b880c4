package io.pricewire.ingestor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reading of the past, because somebody asked for it. Its checkpoint is its own, so that it moves none of the source's. */
record Backfill(PriceSource source, Demand demand, Past past, Calls calls) implements Work {

    static final String CHECKPOINT = "backfill";

    @Override
    public UUID runId() {
        return demand.runId();
    }

    @Override
    public Trigger trigger() {
        return Trigger.BACKFILL;
    }

    @Override
    public String checkpointKey() {
        return CHECKPOINT;
    }

    @Override
    public String file() {
        return "";
    }

    @Override
    public Flux<Batch> read(@Nullable String position) {
        return demand.upToLimit(0, source.backfill(past, position, calls));
    }
}
