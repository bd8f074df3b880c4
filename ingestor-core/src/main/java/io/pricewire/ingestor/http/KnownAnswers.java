package io.pricewire.ingestor.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers with an {@code ETag}, which a service need not send again while they are current. Bounded in size; those that were
 * not asked for longest go first. None is kept for more than a day. May be used by several threads.
 */
final class KnownAnswers {

    private static final Duration LONGEST_KEPT = Duration.ofDays(1);

    private final long mostBytes;
    private final Clock clock;
    private final Map<URI, Known> byAddress = new LinkedHashMap<>();
    private long bytes;

    KnownAnswers(long mostBytes, Clock clock) {
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    synchronized @Nullable Known find(URI address) {
        forgetOld();
        Known answer = byAddress.remove(address);
        if (answer != null) {
            byAddress.put(address, answer);
        }
        return answer;
    }

    synchronized void put(URI address, Known answer) {
        forgetOld();
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

    private void forgetOld() {
        Instant oldest = clock.instant().minus(LONGEST_KEPT);
        byAddress.values().removeIf(answer -> {
            boolean isOld = answer.since().isBefore(oldest);
            remove(isOld ? answer : null);
            return isOld;
        });
    }

    private void remove(@Nullable Known answer) {
        bytes -= answer == null ? 0 : answer.body().length;
    }

    /** An answer, and the service's name of this version of it. */
    static final class Known {

        private final String etag;
        private final byte[] body;
        private final Instant since;

        Known(String etag, byte[] body, Instant since) {
            this.etag = etag;
            this.body = body;
            this.since = since;
        }

        /** When it was sent. */
        Instant since() {
            return since;
        }

        String etag() {
            return etag;
        }

        byte[] body() {
            return body;
        }
    }
}
