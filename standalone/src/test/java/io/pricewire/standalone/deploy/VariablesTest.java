package io.pricewire.standalone.deploy;

import static io.pricewire.standalone.deploy.Program.PROJECT;
import static io.pricewire.standalone.deploy.YamlDocuments.at;
import static io.pricewire.standalone.deploy.YamlDocuments.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables that are set at a deployment: whoever sets one finds that it does something. */
class VariablesTest {

    private static final List<String> COMPOSE_FILES = List.of("docker-compose.yml", "docker-compose.cluster.yml");
    private static final Path KUBERNETES = PROJECT.resolve("deploy/kubernetes");
    private static final Pattern IN_MARKDOWN = Pattern.compile("`([A-Za-z0-9_.-]+)`");
    private static final Pattern INSERTED = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final Pattern OF_THE_EXAMPLE = Pattern.compile("(?m)^#?([A-Z0-9_]+)=");
    private static final Pattern OF_A_POD = Pattern.compile("(?m)(?:^|^\\s*- |\\bname: )([A-Z][A-Z0-9_]+)\\b");

    /** Kafka's own settings follow; it is Kafka that knows their names. */
    private static final String KAFKA_PROPERTIES = "PRICEWIRE_KAFKA_PROPERTIES_";

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "docker-compose.cluster.yml"})
    void thatComposeHandsToAServiceOfOursAreSettings(String file) throws IOException {
        assertThat(services(file).filter(VariablesTest::isOurs).flatMap(VariablesTest::variables))
                .isNotEmpty()
                .allMatch(settings()::contains);
    }

    @Test
    void thatTheExampleNamesAreSettingsOrReadByCompose() throws IOException {
        Set<String> known = settings();
        for (String file : COMPOSE_FILES) {
            known.addAll(found(INSERTED, Files.readString(PROJECT.resolve(file))));
            services(file)
                    .filter(service -> !isOurs(service))
                    .flatMap(VariablesTest::variables)
                    .forEach(known::add);
        }

        assertThat(found(OF_THE_EXAMPLE, Files.readString(PROJECT.resolve(".env.example"))))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    @Test
    void thatTheManifestsNameAreSettings() throws IOException {
        Set<String> settings = settings();
        try (Stream<Path> files = Files.walk(KUBERNETES)) {
            for (Path file : files.filter(VariablesTest::isManifest).toList()) {
                assertThat(found(OF_A_POD, Files.readString(file)))
                        .as(file.toString())
                        .allMatch(variable -> settings.contains(variable) || variable.startsWith(KAFKA_PROPERTIES));
            }
        }
    }

    private static boolean isManifest(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".env");
    }

    /** What the document of all settings lists: variables, and properties by their names as variables. */
    private static Set<String> settings() throws IOException {
        return found(IN_MARKDOWN, Files.readString(PROJECT.resolve("docs/configuration.md"))).stream()
                .map(VariablesTest::asVariable)
                .collect(Collectors.toSet());
    }

    private static String asVariable(String name) {
        return name.contains(".") ? name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) : name;
    }

    private static Stream<Map<String, Object>> services(String file) {
        Map<String, Object> compose = YamlDocuments.in(PROJECT.resolve(file)).getFirst();
        return map(compose.get("services")).values().stream().map(YamlDocuments::map);
    }

    private static boolean isOurs(Map<String, Object> service) {
        return at(service, "image").toString().startsWith("${IMAGE_PREFIX:-pricewire/}");
    }

    private static Stream<String> variables(Map<String, Object> service) {
        return map(at(service, "environment")).keySet().stream();
    }

    private static Set<String> found(Pattern names, String text) {
        return names.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
