package io.pricewire.ingestor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A source that tells, when it is asked, what it sees now: each answer in full is one run. */
public interface PolledSource extends PriceSource {

    /**
     * Asks once, for everything, in batches that are each published as one transaction; a page of an answer is a good
     * batch. Completes when all is read.
     *
     * @param position the position after the last batch that was published of this poll, where it was interrupted; null
     *     to start at the beginning
     * @param memory what the last batch before wanted to be known; empty where there was none
     * @param calls is told of each request
     */
    Flux<Batch> poll(@Nullable String position, String memory, Calls calls);

    /** The poll that was interrupted, where there is one. */
    @Override
    default Flux<Work> begun(Checkpoints checkpoints) {
        return Flux.defer(() -> {
            Poll interrupted = Poll.interrupted(this, checkpoints);
            return interrupted == null ? Flux.empty() : Flux.just(interrupted);
        });
    }

    @Override
    default Flux<Work> due(Checkpoints checkpoints) {
        return Flux.defer(() -> Flux.just(Poll.scheduled(this, UUID.randomUUID(), checkpoints)));
    }

    @Override
    default Flux<Work> onDemand(Demand demand, Checkpoints checkpoints) {
        return Flux.just(Poll.demanded(this, demand, checkpoints));
    }
}
