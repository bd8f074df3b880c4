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
        frame.writeBytes(utf8("event: " + type + "\n"));
        if (id != null) {
            frame.writeBytes(utf8("id: " + id + "\n"));
        }
        frame.writeBytes(utf8("data: "));
        frame.writeBytes(data);
        frame.writeBytes(END);
        return frame.toByteArray();
    }

    /** A sign of life, which also moves the client's last event id. A frame without data is no event to the client. */
    static byte[] heartbeat(String id) {
        return utf8(": still here\nid: " + id + "\n\n");
    }

    /** How long a client is to wait, in milliseconds, before it connects again. */
    static byte[] retry(int milliseconds) {
        return utf8("retry: " + milliseconds + "\n\n");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
