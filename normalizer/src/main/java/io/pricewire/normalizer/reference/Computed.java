package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Known.Confirmed;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A reference price with what has become of it.
 *
 * @param unconfirmed whether it is a jump that no second source confirms
 * @param isNewJump whether it is one, and was none before
 * @param observedAt when the newest of the prices used was observed
 * @param confirmed the last price that was no unconfirmed jump
 * @param isNews whether it is to be published
 * @param dueAt when it is to be computed again, once it is published; null where time alone changes nothing
 */
record Computed(
        Known known,
        Reference reference,
        boolean unconfirmed,
        boolean isNewJump,
        Instant observedAt,
        Instant computedAt,
        Confirmed confirmed,
        boolean isNews,
        @Nullable Instant dueAt) {

    /** The order in which rows are locked. */
    static final Comparator<Computed> BY_KEY = Comparator.comparing(Computed::key);

    ReferenceKey key() {
        return known.key();
    }

    /** When it is to be computed again as long as it is not known to be published: at once. */
    @Nullable Instant dueUntilPublished() {
        return isNews ? Instant.EPOCH : dueAt;
    }
}
