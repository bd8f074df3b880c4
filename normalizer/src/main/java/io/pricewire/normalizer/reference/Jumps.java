package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Known.Confirmed;
import io.pricewire.normalizer.reference.Reference.Used;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells jumps that a second source confirms from those that none does.
 *
 * <p>What is compared is reference prices, the new one with the last one that was no unconfirmed jump; not what a source says
 * with what it said before. It is an unconfirmed jump if they differ by more than the limit's share of the earlier one, that
 * one was computed no longer ago than is remembered, and fewer than two of the sources used agree with the new price. It
 * stays one until a second source agrees, the price comes back, or nobody remembers what it was before. A price that is
 * stale is no jump, and one after which prices became stale for long is none either.
 *
 * <p>So one source that jumps beside others is a jump only as far as the reference price follows it:
 *
 * <ul>
 *   <li>Beside two or more that agree it is an {@linkplain Outliers outlier}: excluded with its reason, the price degraded and
 *       where it was.
 *   <li>Beside one, the price meets it half way and is {@link Status#DIVERGENT divergent}; it is an unconfirmed jump, too, where
 *       half of the way is more than the limit, as neither agrees with the middle then.
 *   <li>Beside two that do not agree with each other either, nobody is an outlier, and the price is divergent.
 *   <li>Alone, the price goes all the way, and is an unconfirmed jump.
 * </ul>
 */
final class Jumps {

    private static final int ENOUGH_TO_CONFIRM = 2;

    private final BigDecimal limit;
    private final Duration memory;
    private final Agreement agreement;

    Jumps(ReferenceSettings settings) {
        this.limit = settings.jump();
        this.memory = settings.jumpMemory();
        this.agreement = new Agreement(settings.agreement());
    }

    boolean isUnconfirmed(Reference reference, @Nullable Confirmed last, Instant at) {
        return last != null
                && reference.status() != Status.STALE
                && !at.isAfter(last.at().plus(memory))
                && isJump(last.price(), reference.price())
                && confirming(reference) < ENOUGH_TO_CONFIRM;
    }

    private boolean isJump(BigDecimal from, BigDecimal to) {
        return to.subtract(from).abs().compareTo(from.multiply(limit)) > 0;
    }

    private long confirming(Reference reference) {
        return reference.used().stream()
                .map(Used::quotation)
                .filter(quotation -> agreement.isBetween(quotation.price(), reference.price()))
                .count();
    }
}
