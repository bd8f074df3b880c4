package io.pricewire.ingestor;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read in one go, and published in one transaction together with the position after it.
 *
 * @param observed prices
 * @param refused records that could not be read
 * @param described what assets are
 * @param memory what the source wants to know at its next poll; null where that is what it knew before
 * @param fetchedAt when all of it was fetched; null where it is published as it is read
 * @param position where to read on, in the source's own notation
 * @param progress how much of the whole has been read, in units of the source's own
 * @param size how much the whole is, in the same units; 0 where that is not known
 */
public record Batch(
        List<ObservedPrice> observed,
        List<Refusal> refused,
        List<DescribedAsset> described,
        @Nullable String memory,
        @Nullable Instant fetchedAt,
        String position,
        long progress,
        long size) {

    public Batch {
        observed = List.copyOf(observed);
        refused = List.copyOf(refused);
        described = List.copyOf(described);
    }

    /** Prices and refusals only. */
    public Batch(List<ObservedPrice> observed, List<Refusal> refused, String position, long progress, long size) {
        this(observed, refused, List.of(), null, null, position, progress, size);
    }

    /** With what these assets are. */
    public Batch describing(List<DescribedAsset> assets) {
        return new Batch(observed, refused, assets, memory, fetchedAt, position, progress, size);
    }

    /** With what the source wants to know at its next poll. */
    public Batch remembering(String text) {
        return new Batch(observed, refused, described, text, fetchedAt, position, progress, size);
    }

    /** With when all of it was fetched. */
    public Batch fetchedAt(Instant time) {
        return new Batch(observed, refused, described, memory, time, position, progress, size);
    }

    /** With no more prices than these. */
    Batch upTo(long most) {
        return observed.size() <= most ? this : with(observed.subList(0, (int) most));
    }

    /** With those prices only. */
    Batch only(Predicate<ObservedPrice> isWanted) {
        return with(observed.stream().filter(isWanted).toList());
    }

    private Batch with(List<ObservedPrice> prices) {
        return new Batch(prices, refused, described, memory, fetchedAt, position, progress, size);
    }
}
