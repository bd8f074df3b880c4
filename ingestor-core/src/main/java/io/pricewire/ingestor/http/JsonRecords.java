package io.pricewire.ingestor.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * An answer that is an array of records.
 *
 * @param records in the answer's order
 * @param receivedAt when the answer had come
 * @param answeredAt when the service says that it answered; when the answer had come, where the service does not say
 */
public record JsonRecords(List<JsonRecord> records, Instant receivedAt, Instant answeredAt) {

    /** Numbers and names of any length are read, so that a senseless one costs its record and not the whole answer. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    public JsonRecords {
        records = List.copyOf(records);
    }

    /**
     * Reads an answer.
     *
     * @throws UnreadableAnswerException where it is something else
     */
    public static JsonRecords read(Answer answer) {
        return read(answer, JsonToken.START_ARRAY);
    }

    /**
     * Reads an answer that is one record.
     *
     * @throws UnreadableAnswerException where it is something else
     */
    public static JsonRecords oneOf(Answer answer) {
        String error = ErrorText.saidIn(answer.quotable());
        if (!error.isEmpty()) {
            throw new UnreadableAnswerException("answered with an error: " + error);
        }
        return read(answer, JsonToken.START_OBJECT);
    }

    private static JsonRecords read(Answer answer, JsonToken beginning) {
        if (answer.text().isBlank()) {
            throw new UnreadableAnswerException("answered with nothing");
        }
        if (answer.isHtml()) {
            throw new UnreadableAnswerException("answered with " + ErrorText.of(answer.quotable()));
        }
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), answer.text().toCharArray())) {
            if (parser.nextToken() != beginning) {
                throw new UnreadableAnswerException(describe(answer));
            }
            List<JsonRecord> records = new ArrayList<>();
            if (beginning == JsonToken.START_OBJECT) {
                records.add(JsonRecord.read(parser, answer));
            } else {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    records.add(JsonRecord.read(parser, answer));
                }
            }
            if (parser.nextToken() != null) {
                throw new UnreadableAnswerException("answered with something behind the end of its JSON");
            }
            return new JsonRecords(records, answer.receivedAt(), answer.answeredAt());
        } catch (JacksonException e) {
            // Not every place of the parser has an exception of its own for that.
            boolean isCut = e instanceof UnexpectedEndOfInputException
                    || e.getOriginalMessage().startsWith("Unexpected end-of-input");
            throw new UnreadableAnswerException(
                    isCut
                            ? "answered with JSON that ends in the middle"
                            : "answered with something that is no JSON: " + ErrorText.inOneLine(answer.quotable()));
        }
    }

    private static String describe(Answer answer) {
        String error = ErrorText.saidIn(answer.quotable());
        return error.isEmpty() ? "answered with something else than records" : "answered with an error: " + error;
    }
}
