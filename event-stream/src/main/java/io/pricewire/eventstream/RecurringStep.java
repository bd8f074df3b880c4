package io.pricewire.eventstream;

import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * A step that has something to publish also when nothing is received: what time alone changes.
 *
 * <ol>
 *   <li>All its methods are called one at a time, never two at once.
 *   <li>{@link #recur} is called about as often as the pipeline was told, while the instance has partitions; where a batch
 *       takes longer, less often.
 *   <li>What {@code recur} returns is published only while the instance still is who it was in its group: one that has
 *       lost its partitions to another without noticing publishes nothing.
 *   <li>{@link #committed} is called when what was returned last is committed, before the next call. A crash, or an error
 *       of its own, may come between: then what is published is not known to be, and the pipeline starts again.
 * </ol>
 */
public interface RecurringStep extends PipelineStep {

    /** The events to publish on behalf of these partitions, which are this instance's; an empty list for nothing. */
    Mono<List<Event<?>>> recur(Set<Integer> partitions);

    /** Takes note that what was returned last is published. */
    Mono<Void> committed();
}
