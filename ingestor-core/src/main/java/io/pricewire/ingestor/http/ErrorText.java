package io.pricewire.ingestor.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service says of an error, in one of the many shapes in which services do. */
final class ErrorText {

    private static final Pattern TITLE =
            Pattern.compile("<title[^>]{0,100}>(.{1,1000}?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final List<String> PLACES =
            List.of("/error/status/error_message", "/status/error_message", "/error/message", "/error", "/message");
    private static final int LONGEST = 200;

    private ErrorText() {}

    /** Its own words, in one line of at most 200 characters; empty where it has none. */
    static String of(String body) {
        String text = body.strip();
        if (text.startsWith("<")) {
            Matcher title = TITLE.matcher(text);
            return title.find() ? "an HTML page, \"%s\"".formatted(inOneLine(title.group(1))) : "an HTML page";
        }
        String said = saidIn(text);
        return said.isEmpty() && !text.startsWith("{") && !text.startsWith("[") ? inOneLine(text) : said;
    }

    /** What a JSON object says of an error; empty where it says nothing. */
    static String saidIn(String json) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(json);
            for (String place : PLACES) {
                JsonNode said = tree.at(place);
                if (said.isString() && !said.stringValue().isBlank()) {
                    return inOneLine(said.stringValue());
                }
            }
            return "";
        } catch (JacksonException noJson) {
            return "";
        }
    }

    static String inOneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
