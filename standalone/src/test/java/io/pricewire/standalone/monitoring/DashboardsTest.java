package io.pricewire.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pricewire.standalone.monitoring.Dashboards.Dashboard;
import io.pricewire.standalone.monitoring.Dashboards.Panel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DashboardsTest {

    private static final Path SOURCES = Path.of("../deploy/grafana/provisioning/datasources/pricewire.yml");

    @Test
    void areWhatGrafanaTakes() throws Exception {
        Schema schema = schema();
        assertThat(Dashboards.all())
                .hasSize(7)
                .allSatisfy(
                        dashboard -> assertThat(errors(schema, dashboard.json().toString()))
                                .as(dashboard.name())
                                .isEmpty());
    }

    @Test
    void areNotWhenAFieldIsMisspelt() throws Exception {
        String dashboard = Dashboards.all().getFirst().json().toString();

        assertThat(errors(schema(), dashboard.replaceFirst("\"drawStyle\"", "\"drawStile\"")))
                .isNotEmpty();
        assertThat(errors(schema(), dashboard.replaceFirst("\"displayMode\":\"table\"", "\"displayMode\":\"tables\"")))
                .isNotEmpty();
    }

    @Test
    void haveTitlesThatAreQuestionsAndSayInWhichUnitTheyAnswerThem() {
        assertThat(Dashboards.all()).allSatisfy(dashboard -> {
            assertThat(dashboard.panels()).isNotEmpty().allSatisfy(DashboardsTest::assertExplained);
            assertThat(dashboard.panels()).extracting(Panel::title).doesNotHaveDuplicates();
            assertThat(dashboard.panels())
                    .extracting(panel -> panel.json().path("id").intValue())
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void doNotOverlap() {
        assertThat(Dashboards.all()).allSatisfy(dashboard -> {
            Set<String> cells = dashboard.panels().stream()
                    .flatMap(panel -> cells(panel).stream())
                    .collect(Collectors.toSet());
            long all = dashboard.panels().stream()
                    .mapToLong(panel -> cells(panel).size())
                    .sum();
            assertThat(cells).as(dashboard.name()).hasSize((int) all);
        });
    }

    @Test
    void areNamedOnce() {
        assertThat(Dashboards.all())
                .extracting(dashboard -> dashboard.json().path("uid").stringValue())
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(Dashboards.all().stream()
                        .map(Dashboard::name)
                        .map(name -> "pricewire-" + name)
                        .toList());
    }

    private static void assertExplained(Panel panel) {
        assertThat(panel.title()).endsWith("?");
        assertThat(panel.json().path("description").stringValue(""))
                .as(panel.title())
                .hasSizeGreaterThan(15);
        assertThat(panel.json().at("/fieldConfig/defaults/unit").stringValue(""))
                .as(panel.title())
                .isNotEmpty();
        assertThat(panel.expressions().size() + panel.statements().size())
                .as(panel.title())
                .isPositive();
        assertThat(provisioned()).contains(panel.json().at("/datasource/uid").stringValue());
    }

    private static List<String> cells(Panel panel) {
        var place = panel.json().path("gridPos");
        return IntStream.range(0, place.path("h").intValue())
                .boxed()
                .flatMap(row -> IntStream.range(0, place.path("w").intValue())
                        .mapToObj(column -> (place.path("x").intValue() + column) + " "
                                + (place.path("y").intValue() + row)))
                .toList();
    }

    private static List<String> provisioned() {
        try {
            return Files.readAllLines(SOURCES).stream()
                    .filter(line -> line.strip().startsWith("uid: "))
                    .map(line -> line.strip().substring("uid: ".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Error> errors(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    /** Made from the types of Grafana's own package: the file says from which. */
    private static Schema schema() throws IOException {
        try (InputStream text = DashboardsTest.class.getResourceAsStream("/grafana/dashboard.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text);
        }
    }
}
