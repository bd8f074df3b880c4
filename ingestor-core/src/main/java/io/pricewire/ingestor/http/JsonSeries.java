package io.pricewire.ingestor.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Several series of points, put together by their times.
 *
 * @param byTime for each time, as it is written, the value in each series, as it is written
 */
record JsonSeries(Map<String, Map<String, String>> byTime) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    /** Reads the object at which the parser is, and leaves the parser at its end. */
    static JsonSeries read(JsonParser parser) {
        Map<String, Map<String, String>> byTime = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String series = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY
                    && NAME.matcher(series).matches()) {
                readPoints(parser, series, byTime);
            } else {
                parser.skipChildren();
            }
        }
        return new JsonSeries(byTime);
    }

    private static void readPoints(JsonParser parser, String series, Map<String, Map<String, String>> byTime) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new UnreadableAnswerException("answered with something else than points in " + series);
            }
            String time = number(parser, series);
            String value = number(parser, series);
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                throw new UnreadableAnswerException("answered with points of more than two numbers in " + series);
            }
            byTime.computeIfAbsent(time, first -> new TreeMap<>()).put(series, value);
        }
    }

    private static String number(JsonParser parser, String series) {
        JsonToken token = parser.nextToken();
        String text = parser.getString();
        if (token == JsonToken.VALUE_NULL || NUMBER.matcher(text).matches()) {
            return text;
        }
        throw new UnreadableAnswerException("answered with points that are no numbers in " + series);
    }

    /** As an array of records. */
    String toText() {
        return byTime.entrySet().stream()
                .map(point -> "{\"time\":%s%s}".formatted(point.getKey(), values(point.getValue())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String values(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> ",\"%s\":%s".formatted(value.getKey(), value.getValue()))
                .collect(Collectors.joining());
    }
}
