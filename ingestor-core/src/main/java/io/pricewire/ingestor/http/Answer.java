package io.pricewire.ingestor.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a service answered.
 *
 * @param text where it is no UTF-8, what could be made of it
 * @param isUtf8 whether it is all UTF-8
 * @param receivedAt when it had come
 * @param quotable the text as messages may repeat it: whole, but without our secrets. A half secret could not be told.
 */
public record Answer(String text, boolean isUtf8, Instant receivedAt, String quotable) {

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
        return new Answer(text, isUtf8, receivedAt, text);
    }

    Answer withoutSecretsOf(WebService service) {
        return new Answer(text, isUtf8, receivedAt, service.withoutSecrets(text));
    }

    boolean isHtml() {
        return text.stripLeading().startsWith("<");
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
