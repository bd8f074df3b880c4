package io.pricewire.ingestor;

import java.util.List;

/**
 * A record that could not be read.
 *
 * @param source the name under which it would have been kept
 * @param sourceAssetId the source's id of the asset; empty where that could not be read
 * @param text the record as the source gave it
 * @param line where it starts in its file, from 1; 0 where there is no file
 * @param reasons everything that is wrong with it, at least one
 */
public record Refusal(String source, String sourceAssetId, String text, long line, List<Reason> reasons) {

    public Refusal {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a record is refused for a reason");
        }
    }

    /**
     * One thing that is wrong with a record.
     *
     * @param code stable and lower case: {@code not_a_number}
     * @param detail what was found and what is accepted, for a person
     */
    public record Reason(String code, String detail) {}
}
