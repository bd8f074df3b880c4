package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Reference.Excluded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The quotations that may still be used, and those that are excluded by now. Each is in one of the two. */
final class Selection {

    private static final BinaryOperator<Quotation> NEWER = BinaryOperator.maxBy(Quotation.BY_AGE);

    private final List<Quotation> remaining;
    private final List<Excluded> excluded = new ArrayList<>();

    Selection(Collection<Quotation> all) {
        this.remaining = new ArrayList<>(all);
        this.remaining.sort(Quotation.BY_SOURCE);
    }

    /** By source. */
    List<Quotation> remaining() {
        return List.copyOf(remaining);
    }

    /** By source. */
    List<Excluded> excluded() {
        return excluded.stream()
                .sorted(Comparator.comparing(Excluded::quotation, Quotation.BY_SOURCE))
                .toList();
    }

    boolean hasOutlier() {
        return excluded.stream().anyMatch(each -> each.reason().isOutlier());
    }

    void excludeReplays() {
        exclude(remaining.stream().filter(Quotation::isReplay).toList(), Exclusion.REPLAYED);
    }

    void excludeAllButTheNewestOfEachSource() {
        Map<String, Quotation> newest = new HashMap<>();
        remaining.forEach(quotation -> newest.merge(quotation.source(), quotation, NEWER));
        exclude(
                remaining.stream()
                        .filter(quotation -> !quotation.equals(newest.get(quotation.source())))
                        .toList(),
                Exclusion.SAME_SOURCE);
    }

    void excludeStale(Instant at) {
        exclude(remaining.stream().filter(quotation -> quotation.isStale(at)).toList(), Exclusion.STALE);
    }

    void excludeOutliers(Outliers outliers) {
        List<Quotation> before = remaining();
        exclude(outliers.byInterquartileRange(before), Exclusion.OUTLIER_IQR);
        exclude(outliers.ofThree(before), Exclusion.OUTLIER_OF_THREE);
    }

    private void exclude(List<Quotation> those, Exclusion reason) {
        remaining.removeAll(those);
        those.forEach(quotation -> excluded.add(new Excluded(quotation, reason)));
    }
}
