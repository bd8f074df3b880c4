package io.pricewire.ingestor.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * An answer that is an array of records.
 *
 * @param records in the answer's order
 * @param receivedAt when the answer had come
 * @param answeredAt when the service says that it answered; when the answer had come, where the service does not say
 */
public record JsonRecords(List<JsonRecord> records, Instant receivedAt, Instant answeredAt) {

    public JsonRecords {
        records = List.copyOf(records);
    }

    /** What it takes to read its records besides, where all are about one asset in one currency. */
    public RecordContext context(String kind, String asset, String quote) {
        return new RecordContext(kind, asset, List.of(quote), receivedAt, answeredAt);
    }

    /** The same, where they are about a pair. */
    public RecordContext context(String kind, Pair pair) {
        return context(kind, pair.asset(), pair.quote());
    }

    /**
     * Reads an answer.
     *
     * @throws UnreadableAnswerException where it is something else
     */
    public static JsonRecords read(Answer answer) {
        return of(answer, JsonAnswer.read(answer, JsonToken.START_ARRAY, parser -> {
            List<JsonRecord> records = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                records.add(JsonRecord.read(parser, answer));
            }
            return records;
        }));
    }

    /**
     * Reads an answer that is one record.
     *
     * @throws UnreadableAnswerException where it is something else
     */
    public static JsonRecords oneOf(Answer answer) {
        JsonAnswer.requireNoError(answer);
        JsonRecord record = JsonAnswer.read(answer, JsonToken.START_OBJECT, parser -> JsonRecord.read(parser, answer));
        return of(answer, List.of(record));
    }

    /**
     * Reads an answer that is an object of several series of points, each a time and a value. The points of one time become
     * one record, with the time as {@code time} and the others under the names of their series, each as it is written.
     *
     * @throws UnreadableAnswerException where it is something else
     */
    public static JsonRecords ofSeries(Answer answer) {
        JsonAnswer.requireNoError(answer);
        String text = JsonAnswer.read(answer, JsonToken.START_OBJECT, JsonSeries::read)
                .toText();
        return read(new Answer(text, answer.isUtf8(), answer.receivedAt(), answer.answeredAt(), answer.quotable()));
    }

    private static JsonRecords of(Answer answer, List<JsonRecord> records) {
        return new JsonRecords(records, answer.receivedAt(), answer.answeredAt());
    }
}
