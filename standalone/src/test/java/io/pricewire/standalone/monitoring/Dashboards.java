package io.pricewire.standalone.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards as they are delivered. */
final class Dashboards {

    static final Path FOLDER = Path.of("../deploy/grafana/dashboards");

    private static final String DATABASE = "pricewire-postgres";

    private Dashboards() {}

    /** All, by their files' names. */
    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Dashboards::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All expressions for Prometheus. */
    static List<String> expressions() {
        return all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.expressions().stream())
                .toList();
    }

    private static Dashboard read(Path file) {
        return new Dashboard(
                file.getFileName().toString().replace(".json", ""),
                JsonMapper.shared().readTree(file));
    }

    /** One file. */
    record Dashboard(String name, JsonNode json) {

        List<Panel> panels() {
            return json.path("panels").valueStream().map(Panel::new).toList();
        }

        /** The statements that fill the variables which come from the database. */
        List<String> variables() {
            return json.at("/templating/list")
                    .valueStream()
                    .filter(Dashboards::isOfDatabase)
                    .map(variable -> variable.path("query").stringValue())
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One panel. */
    record Panel(JsonNode json) {

        String title() {
            return json.path("title").stringValue("");
        }

        String type() {
            return json.path("type").stringValue();
        }

        /** For Prometheus. */
        List<String> expressions() {
            return targets("expr");
        }

        /** For the database. */
        List<String> statements() {
            return targets("rawSql");
        }

        private List<String> targets(String field) {
            return json.path("targets")
                    .valueStream()
                    .filter(target -> target.has(field))
                    .map(target -> target.path(field).stringValue())
                    .toList();
        }

        @Override
        public String toString() {
            return title();
        }
    }

    private static boolean isOfDatabase(JsonNode asked) {
        return asked.at("/datasource/uid").stringValue("").equals(DATABASE);
    }
}
