package io.pricewire.query.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The frames of an event stream, by the
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML standard</a>.
 */
final class Frames {

    private static final byte[] END = {'\n', '\n'};

    private Frames() {}

    /**
     * An event.
     *
     * @param id the client's last event id from now on; null leaves it as it is
     * @param data on one line
     */
    static byte[] event(String type, @Nullable String id, byte[] data) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(data.length + 160);
        write(head(type, id), data, frame);
        return frame.toByteArray();
    }

    /** What comes before the data of an event. */
    static byte[] head(String type, @Nullable String id) {
        return utf8("event: %s\n%sdata: ".formatted(type, id == null ? "" : "id: " + id + "\n"));
    }

    /** Writes an event of which the head is at hand. */
    static void write(byte[] head, byte[] data, ByteArrayOutputStream frames) {
        frames.writeBytes(head);
        frames.writeBytes(data);
        frames.writeBytes(END);
    }

    /**
     * A sign of life. A frame without data is no event to the client.
     *
     * @param id moves the client's last event id; null leaves it as it is
     */
    static byte[] heartbeat(@Nullable String id) {
        return utf8(": still here\n%s\n".formatted(id == null ? "" : "id: " + id + "\n"));
    }

    /** How long a client is to wait, in milliseconds, before it connects again. */
    static byte[] retry(int milliseconds) {
        return utf8("retry: " + milliseconds + "\n\n");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
