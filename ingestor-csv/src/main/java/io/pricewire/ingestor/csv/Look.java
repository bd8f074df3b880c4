package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Demand;
import io.pricewire.ingestor.Work;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The run of a command to look into the folder now. It reads nothing itself: each file that is found has its own. */
record Look(Demand demand) implements Work {

    @Override
    public UUID runId() {
        return demand.runId();
    }

    @Override
    public Trigger trigger() {
        return Trigger.COMMAND;
    }

    @Override
    public String checkpointKey() {
        return "";
    }

    @Override
    public String file() {
        return "";
    }

    @Override
    public Flux<Batch> read(@Nullable String position) {
        return Flux.empty();
    }
}
