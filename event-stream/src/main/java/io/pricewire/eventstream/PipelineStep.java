package io.pricewire.eventstream;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What a pipeline does with a batch.
 *
 * <ol>
 *   <li>It is called with one batch at a time; the next comes after the events of this one are committed.
 *   <li>Whatever it does elsewhere must be idempotent: after a failure at any point the same records come again, perhaps
 *       in other batches.
 *   <li>The events that it returns are published once, together with the group's offsets.
 *   <li>An error means that nothing is published; the pipeline starts again from what was committed last.
 * </ol>
 */
@FunctionalInterface
public interface PipelineStep {

    /** The events to publish for these records, which are in the order of their partitions. */
    Mono<List<Event<?>>> apply(List<Received> batch);
}
