package io.pricewire.ingestor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Something that prices can be read from. A new ingestor implements this, or {@link PolledSource} where it asks a service.
 *
 * <ol>
 *   <li>Building it does no I/O, and nothing happens before what it returns is subscribed to.
 *   <li>It is asked by one instance at a time, the leader, and for one run after another.
 *   <li>It is asked on a thread that may block.
 *   <li>It does no retrying, timing or publishing; it reads, and says what it read. What it is to know after a restart it
 *       gives to the core with a {@link Batch}: its position, and what it remembers.
 *   <li>What it cannot do it says by a {@link SourceException}; a record that it cannot read is no error but a
 *       {@link Refusal}.
 * </ol>
 */
public interface PriceSource {

    /** The ingestor's name, which stands in topics and in the API: lower-case letters, digits and dashes. */
    String name();

    /** How long after one round the next begins. */
    Duration interval();

    /** How often the service may be asked; its month is watched over by the core. */
    default CallBudget budget() {
        return CallBudget.UNBOUNDED;
    }

    /** What there is to read now, each piece to become one run; nothing where there is nothing. */
    Flux<Work> due(Checkpoints checkpoints);

    /**
     * What an earlier leader began, and nobody would take up otherwise. It is brought to its end before anything else is
     * begun, and who asks for a run meanwhile is joined to it; nothing where there is nothing.
     */
    default Flux<Work> begun(Checkpoints checkpoints) {
        return Flux.empty();
    }

    /** What there is to read when somebody asks for it now: first the run that was asked for. */
    Flux<Work> onDemand(Demand demand, Checkpoints checkpoints);

    /**
     * What there was to read in the past, in batches that are each published as one transaction. Completes when all is read.
     *
     * @param position the position after the last batch that was published of this; null to start at the beginning
     * @param calls is told of each request
     */
    default Flux<Batch> backfill(Past past, @Nullable String position, Calls calls) {
        return Flux.error(new SourceException(
                SourceException.Kind.NOT_ALLOWED, "the source %s does not tell of the past".formatted(name())));
    }

    /**
     * Reads a record again that was refused; a price and a refusal are both an answer. It is asked only for refusals
     * with a context.
     *
     * @param text of the refusal
     * @param context of the refusal
     * @throws SourceException where the source cannot do that at all
     */
    default Batch reread(String text, String context) {
        throw new SourceException(
                SourceException.Kind.UNREADABLE, "the source %s does not read a record again".formatted(name()));
    }
}
