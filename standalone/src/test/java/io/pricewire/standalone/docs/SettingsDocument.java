package io.pricewire.standalone.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.FileSystemResource;

/** The table of all settings, made from the records that hold them and from the files that map variables to them. */
final class SettingsDocument {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::(.*))?}");

    private final Map<String, Matcher> variables = new TreeMap<>();

    private SettingsDocument() {
        files("src/main/resources", "pricewire-", ".yml").forEach(this::readVariables);
    }

    static String text() {
        return new SettingsDocument().write();
    }

    private String write() {
        return """
                # Configuration

                Settings come from environment variables, from a file `.env` in the working directory, and from system properties.
                A line of `.env` is `NAME=value`, with `export` before it or not, the value in quotes or not; `#` begins a comment. The
                environment wins over the file. `PRICEWIRE_ENVIRONMENTFILE` names another file, or none where it is empty.

                What has no variable of its own is set by its property, or by the property's name as a variable: in capitals, with
                `_` for points and without dashes (`pricewire.query.stream.ring-size` is `PRICEWIRE_QUERY_STREAM_RINGSIZE`).

                A duration is a number with `ms`, `s`, `m`, `h` or `d`; without a unit it is seconds. A value that is not accepted
                stops the service with a message that says what is.

                Of every service: `SERVER_PORT` (8080) and `SERVER_ADDRESS` (127.0.0.1) of its API, probes and metrics, and
                `LOG_LEVEL` (INFO). A logger's own level is its name as a variable: `LOGGING_LEVEL_IO_PRICEWIRE=DEBUG`.

                """ + records().map(this::section).collect(Collectors.joining("\n"));
    }

    private static Stream<Class<?>> records() {
        return new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("io.pricewire").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(Comparator.comparing(SettingsDocument::prefix));
    }

    private String section(Class<?> settings) {
        String source = source(settings);
        return "## %s\n\n%s\n\n| property | variable | default | means |\n|---|---|---|---|\n%s"
                .formatted(
                        prefix(settings),
                        sentence(source),
                        Arrays.stream(settings.getRecordComponents())
                                .map(component -> row(settings, component, source))
                                .collect(Collectors.joining()));
    }

    private String row(Class<?> settings, RecordComponent component, String source) {
        String property = prefix(settings) + "." + kebab(component.getName());
        Matcher variable = variables.get(property);
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        property,
                        variable == null ? "" : "`" + variable.group(1) + "`",
                        defaultOf(component, variable),
                        meaning(component.getName(), source));
    }

    private static String defaultOf(RecordComponent component, @Nullable Matcher variable) {
        String text = Arrays.stream(component
                        .getDeclaringRecord()
                        .getDeclaredConstructors()[0]
                        .getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .flatMap(parameter -> Arrays.stream(parameter.getAnnotationsByType(DefaultValue.class)))
                .flatMap(value -> Arrays.stream(value.value()))
                .collect(Collectors.joining(","));
        if (variable != null && variable.group(2) != null && !variable.group(2).isEmpty()) {
            text = variable.group(2);
        }
        return text.isEmpty() ? "none" : "`" + text + "`";
    }

    private static String prefix(Class<?> settings) {
        return settings.getAnnotation(ConfigurationProperties.class).value();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The sentence before the parameters in the record's Javadoc. */
    private static String sentence(String source) {
        Matcher comment =
                Pattern.compile("/\\*\\*(.*?)(?:@param|\\*/)", Pattern.DOTALL).matcher(source);
        return comment.find() ? plain(comment.group(1)) : "";
    }

    private static String meaning(String component, String source) {
        Matcher tag = Pattern.compile("@param " + component + "\\s(.*?)(?=@param|\\*/)", Pattern.DOTALL)
                .matcher(source);
        if (!tag.find()) {
            throw new IllegalStateException("no @param says what %s means".formatted(component));
        }
        return plain(tag.group(1)).replace("|", "\\|");
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\n\\s*\\* ?", " ")
                .replaceAll("\\{@(?:code|link|value) #?([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String source(Class<?> settings) {
        String file = settings.getName().replace('.', '/') + ".java";
        return modules()
                .map(module -> module.resolve("src/main/java").resolve(file))
                .filter(Files::exists)
                .map(SettingsDocument::read)
                .findFirst()
                .orElseThrow();
    }

    private void readVariables(Path yaml) {
        YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
        factory.setResources(new FileSystemResource(yaml));
        Properties properties = factory.getObject();
        if (properties != null) {
            properties.forEach((property, value) -> {
                Matcher variable = VARIABLE.matcher(value.toString());
                if (variable.matches()) {
                    variables.put(property.toString(), variable);
                }
            });
        }
    }

    private static Stream<Path> files(String folder, String start, String end) {
        return modules()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(directory -> {
                    try (Stream<Path> paths = Files.list(directory)) {
                        return paths
                                .filter(path -> path.getFileName().toString().startsWith(start)
                                        && path.getFileName().toString().endsWith(end))
                                .sorted()
                                .toList()
                                .stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Stream<Path> modules() {
        try (Stream<Path> folders = Files.list(PROJECT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
