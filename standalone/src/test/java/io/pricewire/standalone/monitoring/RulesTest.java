package io.pricewire.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.standalone.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Rules, their cases and their runbooks, as they are delivered. */
class RulesTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RULES = PROJECT.resolve("deploy/prometheus/rules");
    private static final Path CASES = PROJECT.resolve("deploy/prometheus/tests");

    @TempDir
    Path folder;

    @Test
    void areTakenByPrometheus() throws Exception {
        Programs.need("promtool");
        promtool("check", "rules", RULES);
    }

    @Test
    void fireWhenTheyShouldAndElseStayQuiet() throws Exception {
        Programs.need("promtool");
        promtool("test", "rules", CASES);
    }

    @Test
    void haveCasesOfBothKinds() {
        Set<String> firing = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        for (Map<String, Object> file : files(CASES)) {
            for (Map<String, Object> test : list(file, "tests")) {
                for (Map<String, Object> expected : list(test, "alert_rule_test")) {
                    (list(expected, "exp_alerts").isEmpty() ? quiet : firing).add((String) expected.get("alertname"));
                }
            }
        }
        List<String> alerts = alerts().stream()
                .map(alert -> (String) alert.get("alert"))
                .filter(alert -> alert.startsWith("Pricewire"))
                .toList();

        assertThat(alerts).doesNotHaveDuplicates();
        assertThat(firing).as("alerts with a case in which they fire").containsAll(alerts);
        assertThat(quiet).as("alerts with a case in which they do not").containsAll(alerts);
    }

    @Test
    void sayWhatToDo() {
        assertThat(alerts()).hasSizeGreaterThan(20).allSatisfy(alert -> {
            Map<String, Object> annotations = map(alert, "annotations");
            assertThat(annotations).containsKeys("summary", "description", "runbook_url");
            assertThat(map(alert, "labels").get("severity")).isIn("critical", "warning");
            String[] runbook = ((String) annotations.get("runbook_url")).split("#", 2);
            assertThat(anchors(PROJECT.resolve(runbook[0]))).contains(runbook[1]);
        });
    }

    private void promtool(String command, String what, Path files) throws IOException, InterruptedException {
        Path output = folder.resolve("promtool.log");
        List<String> line = new ArrayList<>(List.of("promtool", command, what));
        list(files).forEach(file -> line.add(file.toString()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static List<Map<String, Object>> alerts() {
        return files(RULES).stream()
                .flatMap(file -> list(file, "groups").stream())
                .flatMap(group -> list(group, "rules").stream())
                .filter(rule -> rule.containsKey("alert"))
                .toList();
    }

    /** As they are made of a document's headings wherever it is shown. */
    private static Set<String> anchors(Path document) {
        try {
            return Files.readAllLines(document).stream()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, Object>> files(Path folder) {
        return list(folder).stream().map(RulesTest::read).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> read(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // lists of rules and cases are lists of maps
    private static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked") // labels and annotations are maps
    private static Map<String, Object> map(Map<String, Object> of, String name) {
        return (Map<String, Object>) of.getOrDefault(name, Map.of());
    }
}
