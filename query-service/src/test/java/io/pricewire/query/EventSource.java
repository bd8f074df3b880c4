package io.pricewire.query;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as the HTML standard has it. */
final class EventSource implements AutoCloseable {

    private final HttpResponse<Stream<String>> response;
    private final Iterator<String> lines;
    private String lastEventId = "";

    EventSource(HttpResponse<Stream<String>> response) {
        this.response = response;
        this.lines = response.body().iterator();
    }

    HttpResponse<Stream<String>> response() {
        return response;
    }

    /** The id with which the client would connect again. */
    String lastEventId() {
        return lastEventId;
    }

    /** The next event; waits for it. */
    Message next() {
        String type = "message";
        String data = null;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty()) {
                if (data != null) {
                    return new Message(type, data);
                }
                type = "message";
            } else if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            }
        }
        throw new IllegalStateException("the stream has ended");
    }

    /** The next events of this type; others are left out. */
    List<String> next(int count, String type) {
        List<String> data = new ArrayList<>();
        while (data.size() < count) {
            Message message = next();
            if (message.type.equals(type)) {
                data.add(message.data);
            }
        }
        return data;
    }

    /** Waits until the last event id has changed. */
    void awaitHeartbeat() {
        String before = lastEventId;
        while (lines.hasNext() && lastEventId.equals(before)) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            }
        }
    }

    @Override
    public void close() {
        response.body().close();
    }

    record Message(String type, @Nullable String data) {}
}
