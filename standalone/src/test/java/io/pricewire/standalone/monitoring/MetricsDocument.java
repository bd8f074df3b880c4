package io.pricewire.standalone.monitoring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of our own metrics, made from what a running Pricewire shows. */
final class MetricsDocument {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\w+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern OURS = Pattern.compile("(?:pricewire|r2dbc_pool)_.*");
    private static final Set<String> OF_EVERY_METER = Set.of("service", "le");

    private MetricsDocument() {}

    /** @param shown the answer of {@code /actuator/prometheus} */
    static String table(String shown) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        shown.lines().forEach(line -> {
            Matcher type = TYPE.matcher(line);
            Matcher help = HELP.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (help.matches()) {
                meanings.put(help.group(1), help.group(2));
            } else if (sample.matches()) {
                Set<String> all = labels.computeIfAbsent(Expressions.meter(sample.group(1)), name -> new TreeSet<>());
                if (sample.group(2) != null) {
                    LABEL.matcher(sample.group(2)).results().forEach(label -> all.add(label.group(1)));
                }
            }
        });
        return types.keySet().stream()
                .filter(name -> OURS.matcher(name).matches())
                .filter(name -> !name.endsWith("_max") || !types.containsKey(name.replaceFirst("_max$", "")))
                .map(name -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                name,
                                types.get(name),
                                labels.getOrDefault(Expressions.meter(name), Set.of()).stream()
                                        .filter(label -> !OF_EVERY_METER.contains(label))
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(", ")),
                                meanings.get(name).replace("|", "\\|")))
                .collect(Collectors.joining("", "| metric | type | labels | means |\n|---|---|---|---|\n", ""));
    }
}
