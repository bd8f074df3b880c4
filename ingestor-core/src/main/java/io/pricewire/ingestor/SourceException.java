package io.pricewire.ingestor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a source could not do. */
public final class SourceException extends RuntimeException {

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public SourceException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    public SourceException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, cause);
    }

    /**
     * @param retryAfter how long the source asks to be left alone; null where it does not say
     */
    public SourceException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** How long the source asks to be left alone; null where it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, as far as it matters for what happens next. */
    public enum Kind {
        /** It may work later. */
        UNAVAILABLE,
        /** It was asked too often, and may work later. */
        RATE_LIMITED,
        /** What was asked for is not allowed: a key or a plan is not good enough. */
        NOT_ALLOWED,
        /** What came cannot be understood, and the same thing will not be understood later. */
        UNREADABLE
    }
}
