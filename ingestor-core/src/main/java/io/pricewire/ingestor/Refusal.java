package io.pricewire.ingestor;

import java.util.List;

/**
 * A record that could not be read.
 *
 * @param source the name under which it would have been kept
 * @param sourceAssetId the source's id of the asset; empty where that could not be read
 * @param text the record as the source gave it
 * @param line where it starts in its file, from 1; 0 where there is no file
 * @param context what {@link PriceSource#reread} needs besides the text, in the source's own notation; empty where the
 *     text cannot be read again
 * @param reasons everything that is wrong with it, at least one
 */
public record Refusal(
        String source, String sourceAssetId, String text, long line, String context, List<Reason> reasons) {

    public Refusal {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a record is refused for a reason");
        }
    }

    /** A record that cannot be read again either. */
    public Refusal(String source, String sourceAssetId, String text, long line, List<Reason> reasons) {
        this(source, sourceAssetId, text, line, "", reasons);
    }

    /**
     * One thing that is wrong with a record.
     *
     * @param code stable and lower case: {@code not_a_number}
     * @param detail what was found and what is accepted, for a person
     */
    public record Reason(String code, String detail) {}
}
