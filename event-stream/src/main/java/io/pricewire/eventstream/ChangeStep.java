package io.pricewire.eventstream;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A step to which a record only says that something has changed, so that one call makes up for many records; and which has
 * something to publish also when nothing is received: what time alone changes.
 *
 * <ol>
 *   <li>{@link #changedBy} is called for every record that can be read, in the order of its partition, perhaps more than once,
 *       and perhaps while another method works. All others are called one at a time, never two at once.
 *   <li>{@link #apply} is idempotent in whatever it does elsewhere: after a failure at any point the same changes come again.
 *   <li>{@link #recur} is called about as often as the pipeline was told, while the instance has partitions; where other
 *       work takes longer, less often.
 *   <li>What {@code apply} and {@code recur} return is published only while the instance still is who it was in its group:
 *       one that has lost its partitions to another without noticing publishes nothing.
 *   <li>{@link #committed} is called when what was returned last is committed, before the next call. A crash, or an error
 *       of its own, may come between: then what is published is not known to be, and the pipeline starts again.
 * </ol>
 *
 * @param <V> what the records carry
 * @param <K> what is said to have changed; has {@code equals} and {@code hashCode}
 */
public interface ChangeStep<V extends Message, K> {

    /** What has changed by this; null where it changes nothing. */
    @Nullable K changedBy(V value);

    /**
     * The events to publish for these changes; an empty list for nothing, but not an empty answer.
     *
     * @param changed with the partition of each
     */
    Mono<List<Event<?>>> apply(Map<K, Integer> changed);

    /** The events to publish on behalf of these partitions, which are this instance's; an empty list for nothing. */
    Mono<List<Event<?>>> recur(Set<Integer> partitions);

    /** Takes note that what was returned last is published. */
    Mono<Void> committed();
}
