package io.pricewire.ingestor.http;

/** Makes of an answer what a source needs of it, at once, so that a broken answer is asked for again. */
@FunctionalInterface
public interface AnswerReader<T> {

    /**
     * Reads an answer.
     *
     * @throws UnreadableAnswerException where it cannot be understood
     */
    T read(Answer answer);
}
