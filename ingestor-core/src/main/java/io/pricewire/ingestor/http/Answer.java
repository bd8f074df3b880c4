package io.pricewire.ingestor.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered.
 *
 * @param text where it is no UTF-8, what could be made of it
 * @param isUtf8 whether it is all UTF-8
 * @param receivedAt when it had come
 * @param answeredAt when the service says that it answered; when it had come, where the service does not say
 * @param quotable the text as messages may repeat it: whole, but without our secrets. A half secret could not be told.
 */
public record Answer(String text, boolean isUtf8, Instant receivedAt, Instant answeredAt, String quotable) {

    /** A service whose clock is ahead by more tells no time. */
    private static final Duration FASTEST_CLOCK = Duration.ofSeconds(30);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What the body of an answer says. */
    public static Answer of(byte[] body, Instant receivedAt) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return of(withoutMark(text), true, receivedAt);
        } catch (CharacterCodingException notUtf8) {
            return of(withoutMark(new String(body, StandardCharsets.UTF_8)), false, receivedAt);
        }
    }

    private static Answer of(String text, boolean isUtf8, Instant receivedAt) {
        return new Answer(text, isUtf8, receivedAt, receivedAt, text);
    }

    /**
     * As a service gave it.
     *
     * @param date what it says of the time; null where it says nothing
     */
    Answer from(WebService service, @Nullable Instant date) {
        Instant time = date != null && date.isBefore(receivedAt.plus(FASTEST_CLOCK)) ? date : receivedAt;
        return new Answer(text, isUtf8, receivedAt, time, service.withoutSecrets(text));
    }

    boolean isHtml() {
        return text.stripLeading().startsWith("<");
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
