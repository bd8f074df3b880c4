package io.pricewire.ingestor.http;

import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers with an {@code ETag}, which a service need not send again while they are current. Bounded in size; those that were
 * not asked for longest go first. May be used by several threads.
 */
final class KnownAnswers {

    private final long mostBytes;
    private final Map<URI, Known> byAddress = new LinkedHashMap<>();
    private long bytes;

    KnownAnswers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized @Nullable Known find(URI address) {
        Known answer = byAddress.remove(address);
        if (answer != null) {
            byAddress.put(address, answer);
        }
        return answer;
    }

    synchronized void put(URI address, Known answer) {
        remove(byAddress.remove(address));
        if (answer.body().length > mostBytes) {
            return;
        }
        byAddress.put(address, answer);
        bytes += answer.body().length;
        Iterator<Known> oldest = byAddress.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            remove(oldest.next());
            oldest.remove();
        }
    }

    synchronized void forget(URI address) {
        remove(byAddress.remove(address));
    }

    private void remove(@Nullable Known answer) {
        bytes -= answer == null ? 0 : answer.body().length;
    }

    /** An answer, and the service's name of this version of it. */
    static final class Known {

        private final String etag;
        private final byte[] body;

        Known(String etag, byte[] body) {
            this.etag = etag;
            this.body = body;
        }

        String etag() {
            return etag;
        }

        byte[] body() {
            return body;
        }
    }
}
