package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is read of answers, on its way to becoming a batch. A record of more than {@value #LONGEST_RECORD} characters is
 * refused, and only its beginning is kept: one event could not hold it.
 */
public final class Readings {

    static final int LONGEST_RECORD = 1 << 16;

    private final RecordReader reader;
    private final List<ObservedPrice> observed = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private @Nullable Instant fetchedAt;

    public Readings(RecordReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a record again that was refused.
     *
     * @param text of the refusal
     * @param context of the refusal
     * @throws SourceException where they are not those of a refusal of this source
     */
    public static Batch again(RecordReader reader, String text, String context) {
        RecordContext kept = RecordContext.parse(context);
        Answer answer = Answer.of("[%s]".formatted(text).getBytes(StandardCharsets.UTF_8), kept.receivedAt());
        try {
            List<JsonRecord> records = JsonRecords.read(answer).records();
            if (records.size() != 1) {
                throw new UnreadableAnswerException("it is %d records".formatted(records.size()));
            }
            return new Readings(reader).add(records, kept).toBatch("read", 1, 1);
        } catch (UnreadableAnswerException e) {
            throw new SourceException(
                    SourceException.Kind.UNREADABLE, "the text of the record cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Asks for one piece after another of what is to be read, each of which becomes a batch. A position is the number of
     * pieces that have been read.
     *
     * @param position after the last piece that has been read; null to begin with the first
     */
    public static <T> Flux<Batch> ofEach(
            List<T> pieces, @Nullable String position, Function<T, Mono<Readings>> question) {
        int done = position == null ? 0 : Integer.parseInt(position);
        return Flux.range(done, pieces.size() - done)
                .concatMap(
                        index -> question.apply(pieces.get(index))
                                .map(readings ->
                                        readings.toBatch(String.valueOf(index + 1), index + 1L, pieces.size())),
                        0);
    }

    /** Reads records in each currency of their context. */
    public Readings add(Collection<JsonRecord> records, RecordContext context) {
        records.forEach(json -> add(json, context));
        return this;
    }

    /** Reads one record in each currency of its context; what is wrong with it is one refusal. */
    public void add(JsonRecord json, RecordContext context) {
        fetchedAt = context.receivedAt();
        if (json.text().length() > LONGEST_RECORD) {
            refused.add(tooLong(reader.read(json, context, context.quotes().getFirst()), json));
            return;
        }
        Set<Refusal.Reason> reasons = new LinkedHashSet<>();
        List<PriceReading> bad = new ArrayList<>();
        for (String quote : context.quotes()) {
            PriceReading reading = reader.read(json, context, quote);
            if (reading.isRefused()) {
                reasons.addAll(reading.reasons());
                bad.add(reading);
            } else {
                observed.add(reading.toPrice());
            }
        }
        if (!bad.isEmpty()) {
            refused.add(bad.getFirst().toRefusal(json.text(), contextOf(json, context, bad), List.copyOf(reasons)));
        }
    }

    /** The batch after which reading goes on at a position. */
    public Batch toBatch(String position, long progress, long size) {
        Batch batch = new Batch(observed, refused, position, progress, size);
        return fetchedAt == null ? batch : batch.fetchedAt(fetchedAt);
    }

    /** What is not encoded in UTF-8 has lost what it said, and cannot be read again. */
    private static String contextOf(JsonRecord json, RecordContext context, List<PriceReading> bad) {
        return json.isUtf8()
                ? context.in(bad.stream().map(PriceReading::quote).toList()).toText()
                : "";
    }

    private static Refusal tooLong(PriceReading reading, JsonRecord json) {
        String text = json.text();
        int end = Character.isHighSurrogate(text.charAt(LONGEST_RECORD - 1)) ? LONGEST_RECORD - 1 : LONGEST_RECORD;
        String detail = "the record has %d characters; it takes %d, and no more of it is kept"
                .formatted(text.length(), LONGEST_RECORD);
        return reading.toRefusal(text.substring(0, end), "", List.of(new Refusal.Reason("record_too_long", detail)));
    }
}
