package io.pricewire.normalizer.observation;

import static java.util.Objects.requireNonNull;

import io.pricewire.eventstream.Event;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One observation. Times are cut to microseconds, which is as fine as Postgres keeps them, so that keys that differ here
 * differ there too.
 *
 * @param eventId a UUID, the same for equal values
 * @param figures its decimals; what is missing is unknown
 * @param known its figures as they are published: what the source gave, without what says by a 0 that it is unknown
 * @param rank its position by market cap; null where that is unknown
 * @param event what it was made from
 */
public record Observation(
        String eventId,
        String source,
        String sourceAssetId,
        String symbol,
        String name,
        String quote,
        String interval,
        Instant observedAt,
        boolean observedAtAssumed,
        Instant ingestedAt,
        Duration staleAfter,
        String origin,
        String runId,
        Map<Figure, BigDecimal> figures,
        Figures known,
        @Nullable Integer rank,
        Event<PriceObserved> event) {

    /** Of two observations of the same thing at the same time, the greater one holds. */
    public static final Comparator<Observation> BY_FETCH =
            Comparator.comparing(Observation::ingestedAt).thenComparing(Observation::eventId);

    /** Of two observations of the same thing, the greater one is the newer. */
    public static final Comparator<Observation> BY_AGE =
            Comparator.comparing(Observation::observedAt).thenComparing(BY_FETCH);

    /**
     * When its payload came: as it was fetched; or, of a file that says when that was, as it was read. Else one file would
     * need a partition for each day that its rows were ever fetched on.
     */
    public Instant payloadAt() {
        PriceObserved message = event.value();
        return message.hasReadAt() ? requireNonNull(Candidate.instant(message.getReadAt())) : ingestedAt;
    }
}
