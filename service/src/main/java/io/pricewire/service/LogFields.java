package io.pricewire.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * What our log lines say after their sentence, {@code run_id=… reason=…}, as fields of their own: {@code labels}, and those
 * that the Elastic Common Schema has a place for: the request's id, and the trace's, which is the run's.
 */
public final class LogFields implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

    private static final String OURS = "io.pricewire.";
    private static final Pattern PLACE = Pattern.compile("(?:\\b([a-z][a-z0-9_]*)=\"?)?\\{}");

    /** Every template stands in the code. */
    private final Map<String, List<String>> namesByTemplate = new ConcurrentHashMap<>();

    @Override
    public void customize(JsonWriter.Members<ILoggingEvent> members) {
        members.add("labels", this::labels).whenNotEmpty();
        members.add("trace", this::trace).whenNotEmpty();
        members.add("http", this::request).whenNotEmpty();
    }

    private Map<String, String> labels(ILoggingEvent event) {
        Object[] values = event.getArgumentArray();
        if (values == null || !event.getLoggerName().startsWith(OURS)) {
            return Map.of();
        }
        List<String> names = namesByTemplate.computeIfAbsent(event.getMessage(), LogFields::names);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int place = 0; place < Math.min(values.length, names.size()); place++) {
            if (!names.get(place).isEmpty() && values[place] != null) {
                labels.put(names.get(place), values[place].toString());
            }
        }
        return labels;
    }

    private Map<String, String> trace(ILoggingEvent event) {
        String run = labels(event).get("run_id");
        return run == null ? Map.of() : Map.of("id", run.replace("-", ""));
    }

    private Map<String, Map<String, String>> request(ILoggingEvent event) {
        String request = labels(event).get("request_id");
        return request == null ? Map.of() : Map.of("request", Map.of("id", request));
    }

    /** Of each place in the template; empty where it has none. */
    private static List<String> names(String template) {
        return PLACE.matcher(template).results().map(LogFields::name).toList();
    }

    private static String name(MatchResult place) {
        @Nullable String name = place.group(1);
        return name == null ? "" : name;
    }
}
