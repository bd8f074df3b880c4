package io.pricewire.ingestor;

import java.util.List;

/**
 * What was read in one go, and published in one transaction together with the position after it.
 *
 * @param observed prices
 * @param refused records that could not be read
 * @param position where to read on, in the source's own notation
 * @param progress how much of the whole has been read, in units of the source's own
 * @param size how much the whole is, in the same units; 0 where that is not known
 */
public record Batch(List<ObservedPrice> observed, List<Refusal> refused, String position, long progress, long size) {

    public Batch {
        observed = List.copyOf(observed);
        refused = List.copyOf(refused);
    }

    /** With no more prices than these. */
    Batch upTo(long most) {
        return observed.size() <= most
                ? this
                : new Batch(observed.subList(0, (int) most), refused, position, progress, size);
    }

    long seen() {
        return (long) observed.size() + refused.size();
    }
}
