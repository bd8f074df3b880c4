package io.pricewire.ingestor.http;

/** An answer that cannot be understood. Its message goes on where the service's name leaves off: "answered with nothing". */
public final class UnreadableAnswerException extends RuntimeException {

    public UnreadableAnswerException(String message) {
        super(message);
    }
}
