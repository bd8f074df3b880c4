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
 * <p>A price is an unconfirmed jump if it differs by more than the limit's share from the last price that was none, that
 * one was computed no longer ago than is remembered, and fewer than two of the sources used agree with the new price. It
 * stays one until a second source agrees, the price comes back, or nobody remembers what it was before. A price that is
 * stale is no jump, and one after which prices became stale for long is none either.
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
