package io.pricewire.ingestor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reading one refused record again. Its checkpoint is its own, so that it moves none of the source's. */
record Reread(PriceSource source, Demand demand, Replay replay) implements Work {

    static final String CHECKPOINT = "replay";

    @Override
    public UUID runId() {
        return demand.runId();
    }

    @Override
    public Trigger trigger() {
        return Trigger.REPLAY;
    }

    @Override
    public String checkpointKey() {
        return CHECKPOINT;
    }

    @Override
    public String file() {
        return replay.file();
    }

    @Override
    public Flux<Batch> read(@Nullable String position) {
        return position != null
                ? Flux.empty()
                : Mono.fromCallable(() -> source.reread(replay.text(), replay.context()))
                        .flux();
    }
}
