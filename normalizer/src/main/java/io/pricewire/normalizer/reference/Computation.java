package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Known.Confirmed;
import io.pricewire.normalizer.reference.Known.Previous;
import io.pricewire.normalizer.reference.Known.Published;
import io.pricewire.normalizer.reference.Reference.Excluded;
import io.pricewire.normalizer.reference.Reference.Used;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes a reference price from all that is stored, and decides whether it is news.
 *
 * <p>It is news if nothing was published before, or something else: another status, another judgement whether it is a jump, a
 * price that differs by the deviation or more; or if what was published is older than the heartbeat and this is not
 * stale.
 */
final class Computation {

    private final ReferenceMethod method;
    private final Jumps jumps;
    private final BigDecimal deviation;
    private final Duration heartbeat;

    Computation(ReferenceSettings settings) {
        this.method = new ReferenceMethod(settings);
        this.jumps = new Jumps(settings);
        this.deviation = settings.deviation();
        this.heartbeat = settings.heartbeat();
    }

    /**
     * Computes it as of this time. Where no source has a price any more, all having moved to another asset, the price
     * stays as it was, and is stale; where there was none, it is empty.
     */
    Optional<Computed> compute(Known known, Instant now) {
        return method.compute(known.quotations(), now)
                .or(() -> Optional.ofNullable(known.previous()).map(previous -> withoutSources(known, previous)))
                .map(reference -> compute(known, reference, now));
    }

    private static Reference withoutSources(Known known, Previous previous) {
        List<Excluded> excluded = known.quotations().stream()
                .sorted(Quotation.BY_SOURCE)
                .map(quotation -> new Excluded(quotation, Exclusion.REPLAYED))
                .toList();
        return new Reference(previous.price(), Status.STALE, null, List.of(), excluded, null);
    }

    private Computed compute(Known known, Reference reference, Instant now) {
        Previous previous = known.previous();
        Confirmed last = previous == null ? null : previous.confirmed();
        boolean unconfirmed = jumps.isUnconfirmed(reference, last, now);
        Confirmed confirmed = last != null && (unconfirmed || reference.status() == Status.STALE)
                ? last
                : new Confirmed(reference.price(), now);
        // Where another instance's clock is ahead, or a clock stands, what is computed later still has the later time.
        Instant computedAt = previous == null || previous.computedAt().isBefore(now)
                ? now
                : previous.computedAt().plus(1, ChronoUnit.MICROS);
        Published published = previous == null ? null : previous.published();
        boolean isNews = published == null || isNews(reference, unconfirmed, published, now);
        return new Computed(
                known,
                reference,
                unconfirmed,
                unconfirmed && (previous == null || !previous.unconfirmed()),
                observedAt(reference, previous, now),
                computedAt,
                confirmed,
                isNews,
                dueAt(reference, published == null || isNews ? now : published.at()));
    }

    private boolean isNews(Reference reference, boolean unconfirmed, Published published, Instant now) {
        boolean isStale = reference.status() == Status.STALE;
        return !reference.status().code().equals(published.status())
                || unconfirmed != published.unconfirmed()
                || hasDeviated(reference.price(), published.price())
                || (!isStale && !now.isBefore(published.at().plus(heartbeat)));
    }

    private boolean hasDeviated(BigDecimal price, BigDecimal published) {
        BigDecimal difference = price.subtract(published).abs();
        return difference.signum() > 0 && difference.compareTo(published.multiply(deviation)) >= 0;
    }

    private static Instant observedAt(Reference reference, @Nullable Previous previous, Instant now) {
        return reference.used().stream()
                .map(Used::quotation)
                .map(Quotation::observedAt)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> previous == null ? now : previous.observedAt());
    }

    /** With the first heartbeat, or the first moment at which a source is stale that was not. */
    private @Nullable Instant dueAt(Reference reference, Instant publishedAt) {
        Instant freshUntil = reference.freshUntil();
        if (freshUntil == null) {
            return null;
        }
        Instant heartbeatAt = publishedAt.plus(heartbeat);
        Instant staleFrom = freshUntil.plus(1, ChronoUnit.MICROS);
        return staleFrom.isBefore(heartbeatAt) ? staleFrom : heartbeatAt;
    }
}
