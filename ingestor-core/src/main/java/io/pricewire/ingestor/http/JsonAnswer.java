package io.pricewire.ingestor.http;

import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads an answer as JSON, or says what it is instead. */
final class JsonAnswer {

    /** Numbers and names of any length are read, so that a senseless one costs its record and not the whole answer. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonAnswer() {}

    /**
     * Reads all of it.
     *
     * @param beginning the token that it has to begin with
     * @param reader is given the parser at that token, and leaves it at the last one
     * @throws UnreadableAnswerException where it is something else
     */
    static <T> T read(Answer answer, JsonToken beginning, Function<JsonParser, T> reader) {
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
            T read = reader.apply(parser);
            if (parser.nextToken() != null) {
                throw new UnreadableAnswerException("answered with something behind the end of its JSON");
            }
            return read;
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

    /** @throws UnreadableAnswerException where the answer tells of an error, whatever its status said */
    static void requireNoError(Answer answer) {
        String error = ErrorText.saidIn(answer.quotable());
        if (!error.isEmpty()) {
            throw new UnreadableAnswerException("answered with an error: " + error);
        }
    }

    private static String describe(Answer answer) {
        requireNoError(answer);
        return "answered with something else than records";
    }
}
