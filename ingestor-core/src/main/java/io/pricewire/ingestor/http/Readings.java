package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is read of an answer, on its way to becoming a batch. */
public final class Readings {

    private final List<ObservedPrice> observed = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    /** Adds what was read of one record, in each quote currency; what is wrong with it is one refusal. */
    public void add(List<PriceReading> ofOneRecord) {
        Set<Refusal.Reason> reasons = new LinkedHashSet<>();
        for (PriceReading reading : ofOneRecord) {
            if (reading.isRefused()) {
                reasons.addAll(reading.reasons());
            } else {
                observed.add(reading.toPrice());
            }
        }
        if (!reasons.isEmpty()) {
            refused.add(ofOneRecord.getFirst().toRefusal(List.copyOf(reasons)));
        }
    }

    /** The batch after which reading goes on at a position. */
    public Batch toBatch(String position, long progress, long size) {
        return new Batch(observed, refused, position, progress, size);
    }
}
