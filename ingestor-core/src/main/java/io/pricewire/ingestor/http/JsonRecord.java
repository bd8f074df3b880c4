package io.pricewire.ingestor.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One record of an answer: an object whose values are as they are written there, digit by digit. */
public final class JsonRecord {

    private final String text;
    private final boolean isUtf8;
    private final Map<String, String> values;

    private JsonRecord(String text, boolean isUtf8, Map<String, String> values) {
        this.text = text;
        this.isUtf8 = isUtf8;
        this.values = Map.copyOf(values);
    }

    /** Reads what begins at the parser's token, and leaves the parser at its end. */
    static JsonRecord read(JsonParser parser, Answer answer) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        Map<String, String> values = new HashMap<>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readObject(parser, "", values);
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
        } else {
            // The parser is lazy; this brings it to the end of the value.
            parser.getString();
        }
        int end = (int) parser.currentLocation().getCharOffset();
        String text = answer.text().substring(start, end).strip();
        return new JsonRecord(text, answer.isUtf8() || text.indexOf('\uFFFD') < 0, values);
    }

    /** Its text in the answer, untouched. */
    public String text() {
        return text;
    }

    /** The string or the number at a place, as it is written: {@code quotes.USD.price}; null where there is none. */
    public @Nullable String at(String place) {
        return values.get(place);
    }

    /** The same; empty where there is none. */
    public String textAt(String place) {
        return values.getOrDefault(place, "");
    }

    /** Every place at which there is a string or a number. */
    public Set<String> places() {
        return values.keySet();
    }

    boolean isUtf8() {
        return isUtf8;
    }

    private static void readObject(JsonParser parser, String prefix, Map<String, String> values) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String place = prefix + parser.currentName();
            switch (parser.nextToken()) {
                case START_OBJECT -> readObject(parser, place + ".", values);
                case START_ARRAY -> parser.skipChildren();
                case VALUE_NULL -> values.remove(place);
                default -> values.put(place, parser.getString());
            }
        }
    }
}
