package io.pricewire.standalone.monitoring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What stands in expressions for Prometheus. */
final class Expressions {

    private static final Pattern SELECTOR = Pattern.compile(
            "\\b(?:pricewire|http|jvm|r2dbc|disk|process|system|logback|up)(?:[a-z0-9_:]*)(?:\\{[^}]*})?");
    private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum", "_max", "_total");

    private Expressions() {}

    /** With values instead of the variables that Grafana knows. */
    static String withoutVariables(String expression) {
        return expression.replace("$__rate_interval", "30s").replaceAll("\\$(ingestor|service)\\b", ".*");
    }

    /** What is selected: {@code name{label="value"}}. */
    static Set<String> selectors(String expression) {
        return new TreeSet<>(
                SELECTOR.matcher(expression).results().map(MatchResult::group).toList());
    }

    /** The name without what tells the parts of one meter apart. */
    static String meter(String series) {
        String name = series.replaceFirst("\\{.*", "");
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
