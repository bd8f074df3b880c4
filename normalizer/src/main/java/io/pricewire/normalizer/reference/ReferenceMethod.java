package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Reference.Used;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes a reference price of what the sources say. A function of its arguments: the same prices at the same time make
 * the same reference price, whoever computes it, in whatever order they are read.
 *
 * <ol>
 *   <li>Replays of the past are left out; of a source with several ids of the asset, all but its newest price.
 *   <li>Prices that are stale by their own word are left out. Where all are stale, the time is taken at which the last of
 *       them still was not, so that a price that becomes stale keeps its value; its status says what became of it.
 *   <li>{@link Outliers} are left out.
 *   <li>The price is the {@link WeightedMedian} of the rest by {@link Weights}.
 *   <li>The {@link Status} says how far it can be relied on.
 * </ol>
 *
 * <p>A median by volume, and leaving out sources that stray from the others, is how the reference rates of the exchanges
 * guard against single prices that are wrong or made: so the methodology of the CME CF Cryptocurrency Reference Rates, with
 * volume-weighted medians of trades and its rules for erroneous data
 * (https://www.cmegroup.com/education/bitcoin/cme-cf-cryptocurrency-reference-rate-methodology.html). That a median stays bounded while less than half of the weight is wrong is its breakdown point
 * (F. R. Hampel, <i>A General Qualitative Definition of Robustness</i>, Annals of Mathematical Statistics 42, 1971).
 */
final class ReferenceMethod {

    private static final int PLACES_OF_SHARES = 6;

    private final int enough;
    private final Agreement agreement;
    private final Outliers outliers;
    private final Weights weights;

    ReferenceMethod(ReferenceSettings settings) {
        this.enough = settings.enoughSources();
        this.agreement = new Agreement(settings.agreement());
        this.outliers = new Outliers(agreement);
        this.weights = new Weights(settings.weightCap());
    }

    /** The reference price at a time; empty where there is nothing that may be used. */
    Optional<Reference> compute(Collection<Quotation> known, Instant at) {
        Selection selection = new Selection(known);
        selection.excludeReplays();
        selection.excludeAllButTheNewestOfEachSource();
        return selection.remaining().stream()
                .map(Quotation::staleAt)
                .max(Comparator.naturalOrder())
                .map(lastFresh -> compute(selection, at, lastFresh));
    }

    private Reference compute(Selection selection, Instant at, Instant lastFresh) {
        boolean isStale = at.isAfter(lastFresh);
        selection.excludeStale(isStale ? lastFresh : at);
        Instant freshUntil = selection.remaining().stream()
                .map(Quotation::staleAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        selection.excludeOutliers(outliers);
        List<Quotation> used = selection.remaining();
        List<BigDecimal> shares = weights.of(used);
        BigDecimal price = WeightedMedian.of(used, shares);
        BigDecimal range = range(used);
        return new Reference(
                price,
                isStale ? Status.STALE : status(price, range, selection),
                share(range, price),
                withShares(used, shares),
                selection.excluded(),
                isStale ? null : freshUntil);
    }

    private Status status(BigDecimal price, BigDecimal range, Selection selection) {
        if (!agreement.isWithin(range, price)) {
            return Status.DIVERGENT;
        }
        boolean isEnough = selection.remaining().size() >= enough;
        return isEnough && !selection.hasOutlier() ? Status.OK : Status.DEGRADED;
    }

    private static BigDecimal range(List<Quotation> used) {
        List<BigDecimal> sorted = used.stream().map(Quotation::price).sorted().toList();
        return sorted.getLast().subtract(sorted.getFirst());
    }

    private static List<Used> withShares(List<Quotation> used, List<BigDecimal> weights) {
        BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Used> shares = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            shares.add(new Used(used.get(i), share(weights.get(i), all)));
        }
        return List.copyOf(shares);
    }

    /** For readers only; nothing is decided by what is rounded here. */
    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, MathContext.DECIMAL128).setScale(PLACES_OF_SHARES, RoundingMode.HALF_EVEN);
    }
}
