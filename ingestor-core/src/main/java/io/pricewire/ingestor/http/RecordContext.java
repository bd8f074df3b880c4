package io.pricewire.ingestor.http;

import io.pricewire.ingestor.SourceException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What it takes to read a record besides its text. A record that was refused keeps it, and can be read again when its answer
 * is long gone.
 *
 * @param kind tells apart what a source reads in different ways; empty where it reads everything in one
 * @param asset that was asked about, as the source calls it; empty where the record says it
 * @param quotes the currencies in which the record is to be read
 * @param receivedAt when its answer had come
 * @param answeredAt when the service says that it answered, which counts where the record tells no time; null where that
 *     is when its answer had come
 */
public record RecordContext(
        String kind,
        String asset,
        List<String> quotes,
        Instant receivedAt,
        @Nullable Instant answeredAt) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public RecordContext {
        quotes = List.copyOf(quotes);
    }

    /** That of records that say which asset they are about, and are all read in one way. */
    public RecordContext(List<String> quotes, Instant receivedAt) {
        this("", "", quotes, receivedAt, null);
    }

    /** What counts where the record tells no time. */
    public Instant time() {
        return answeredAt == null ? receivedAt : answeredAt;
    }

    /** @throws SourceException where the text is none */
    static RecordContext parse(String text) {
        try {
            return JSON.readValue(text, RecordContext.class);
        } catch (JacksonException e) {
            throw new SourceException(
                    SourceException.Kind.UNREADABLE,
                    "what was kept of the record's answer cannot be read: " + e.getOriginalMessage(),
                    e);
        }
    }

    RecordContext in(List<String> currencies) {
        return new RecordContext(kind, asset, currencies, receivedAt, answeredAt);
    }

    String toText() {
        return JSON.writeValueAsString(this);
    }
}
