package io.pricewire.ingestor;

/** What a source could not do. */
public final class SourceException extends RuntimeException {

    private final Kind kind;

    public SourceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SourceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, as far as it matters for what happens next. */
    public enum Kind {
        /** It may work later. */
        UNAVAILABLE,
        /** What came cannot be understood, and the same thing will not be understood later. */
        UNREADABLE
    }
}
