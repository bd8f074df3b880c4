package io.pricewire.standalone.deploy;

import static io.pricewire.standalone.deploy.Program.PROJECT;
import static io.pricewire.standalone.deploy.YamlDocuments.at;
import static io.pricewire.standalone.deploy.YamlDocuments.list;
import static io.pricewire.standalone.deploy.YamlDocuments.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The compose files: what the specification allows, and what this project demands of them. */
class ComposeFilesTest {

    private static final String FILE = "docker-compose.yml";
    private static final String CLUSTER = "docker-compose.cluster.yml";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Schema SPECIFICATION = specification();

    @ParameterizedTest
    @ValueSource(strings = {FILE, CLUSTER})
    void areWhatTheSpecificationAllows(String file) {
        assertThat(violations(compose(file))).isEmpty();
    }

    @Test
    void wouldBeRefusedWithAWordThatTheSpecificationDoesNotKnow() {
        Map<String, Object> compose = compose(FILE);
        map(at(compose, "services", "kafka")).put("imagee", "kafka");

        assertThat(violations(compose)).isNotEmpty();
    }

    @Test
    void wouldBeRefusedWithAValueOfAnotherKind() {
        Map<String, Object> compose = compose(FILE);
        map(at(compose, "services", "kafka")).put("depends_on", "postgres");

        assertThat(violations(compose)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, CLUSTER})
    void chooseNoPassword(String file) {
        assertThat(services(file))
                .extracting(service -> at(service, "environment", "POSTGRES_PASSWORD"))
                .allMatch(password ->
                        password.equals(Map.of()) || password.toString().startsWith("${POSTGRES_PASSWORD:?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, CLUSTER})
    void publishNothingBeyondThisMachineUnlessTheyAreTold(String file) {
        assertThat(services(file))
                .flatExtracting(service -> service.containsKey("ports") ? list(service.get("ports")) : List.of())
                .isNotEmpty()
                .allMatch(port -> port.toString()
                        .startsWith(
                                port.toString().endsWith(":8080")
                                        ? "${API_PUBLISH_ADDRESS:-127.0.0.1}:"
                                        : "${PUBLISH_ADDRESS:-127.0.0.1}:"));
    }

    /** Which is of the mode 600, and of somebody else. */
    @Test
    void letTheCommandLineLeaveTheFileOfPasswordsAlone() {
        assertThat(at(compose(FILE), "services", "cli", "environment", "PRICEWIRE_ENVIRONMENTFILE"))
                .isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, CLUSTER})
    void letWhatIsOursWriteNowhereAndDoNothingSpecial(String file) {
        assertThat(services(file))
                .filteredOn(service -> at(service, "image").toString().startsWith("${IMAGE_PREFIX:-pricewire/}"))
                .isNotEmpty()
                .allMatch(service -> Objects.equals(service.get("read_only"), true))
                .allMatch(service -> Objects.equals(service.get("cap_drop"), List.of("ALL")))
                .allMatch(service -> service.containsKey("mem_limit"));
    }

    @Test
    void giveBothInstancesOfTheQueryServiceTheSameSettings() {
        assertThat(map(at(compose(CLUSTER), "services", "query-service-2", "environment"))
                        .keySet())
                .isEqualTo(map(at(compose(FILE), "services", "query-service", "environment"))
                        .keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, CLUSTER})
    void areSetByVariablesThatTheExampleNames(String file) throws IOException {
        String example = Files.readString(PROJECT.resolve(".env.example"));
        Stream<String> inserted = VARIABLE.matcher(Files.readString(PROJECT.resolve(file)))
                .results()
                .map(found -> found.group(1));
        Stream<String> passedOn = services(file).stream()
                .flatMap(service -> map(at(service, "environment")).entrySet().stream())
                .filter(variable -> variable.getValue() == null)
                .map(Map.Entry::getKey);

        assertThat(Stream.concat(inserted, passedOn))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(example).containsPattern("\\b%s\\b".formatted(variable)));
    }

    @Test
    void areUnderstoodByCompose() {
        assertThat(config(Map.of("POSTGRES_PASSWORD", "x"), "-f", FILE)).returns(0, Program::exitCode);
        assertThat(config(Map.of("POSTGRES_PASSWORD", "x"), "-f", FILE, "-f", CLUSTER))
                .returns(0, Program::exitCode);
    }

    @Test
    void demandAPassword() {
        Program refused = config(Map.of("POSTGRES_PASSWORD", ""), "-f", FILE);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("set POSTGRES_PASSWORD in .env");
    }

    private static Program config(Map<String, String> variables, String... files) {
        Stream<String> compose = Stream.of("docker-compose");
        if (!Program.isThere("docker-compose", "version")) {
            assumeTrue(
                    Program.isThere("docker", "compose", "version"),
                    "neither docker-compose nor docker compose is here");
            compose = Stream.of("docker", "compose");
        }
        return Program.run(
                variables,
                Stream.of(compose, Stream.of(files), Stream.of("config", "-q"))
                        .flatMap(part -> part)
                        .toList());
    }

    private static List<Error> violations(Map<String, Object> compose) {
        return SPECIFICATION.validate(JSON.valueToTree(compose));
    }

    private static Map<String, Object> compose(String file) {
        return YamlDocuments.in(PROJECT.resolve(file)).getFirst();
    }

    private static List<Map<String, Object>> services(String file) {
        return map(compose(file).get("services")).values().stream()
                .map(YamlDocuments::map)
                .toList();
    }

    private static Schema specification() {
        try (InputStream schema = ComposeFilesTest.class.getResourceAsStream("/compose-spec.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JSON.readTree(schema));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
