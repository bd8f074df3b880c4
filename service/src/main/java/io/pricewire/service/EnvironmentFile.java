package io.pricewire.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The file {@code .env}: variables that count like those of the environment, which wins where both have one. A line is
 * {@code NAME=value} or {@code export NAME=value}; the value may stand in single or double quotes, and a comment after
 * {@code #}. It is read before the configuration files, which refer to its variables.
 */
final class EnvironmentFile implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** Only in a source whose name ends like this does Spring Boot find properties by their names as variables. */
    private static final String SOURCE = ".env-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern QUOTED =
            Pattern.compile("(?:'(?<plain>[^']*)'|\"(?<escaped>(?:[^\"\\\\]|\\\\.)*)\")\\s*(?:#.*)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([nrt\"\\\\$])");

    private final Path path;

    EnvironmentFile(Path path) {
        this.path = path;
    }

    /** Where it is, by the environment: in the working directory, unless a variable names another one, or none. */
    static Path path(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("PRICEWIRE_ENVIRONMENTFILE", ".env"));
    }

    /** Before the configuration files are read. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        event.getEnvironment()
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(SOURCE, read()));
    }

    /** Its variables; none where there is no such file. */
    Map<String, Object> read() {
        Map<String, Object> variables = new HashMap<>();
        List<String> lines = lines();
        for (int line = 0; line < lines.size(); line++) {
            String text = lines.get(line).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                Matcher assignment = ASSIGNMENT.matcher(text);
                if (!assignment.matches()) {
                    throw refusal(line, "is not of the form NAME=value");
                }
                variables.put(assignment.group(1), value(assignment.group(2).strip(), assignment, line));
            }
        }
        return variables;
    }

    private List<String> lines() {
        if (!Files.isRegularFile(path)) {
            return List.of();
        }
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new EnvironmentFileException("%s cannot be read: %s".formatted(path.toAbsolutePath(), e));
        }
    }

    private String value(String text, Matcher assignment, int line) {
        if (!text.startsWith("'") && !text.startsWith("\"")) {
            return assignment.group(2).replaceFirst("\\s#.*", "").strip();
        }
        Matcher quoted = QUOTED.matcher(text);
        if (!quoted.matches()) {
            throw refusal(line, "has a quote that is not closed at the end of the value");
        }
        return quoted.group("plain") != null ? quoted.group("plain") : unescape(quoted.group("escaped"));
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> found.group(1);
                        }));
    }

    /** The line is not repeated: it may have a password in it. */
    private EnvironmentFileException refusal(int line, String what) {
        return new EnvironmentFileException("%s: line %d %s".formatted(path.toAbsolutePath(), line + 1, what));
    }
}
