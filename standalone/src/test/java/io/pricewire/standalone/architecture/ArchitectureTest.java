package io.pricewire.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final Architecture OURS = new Architecture("io.pricewire");
    private static final Architecture SEEDED = new Architecture("seeded");
    private static final JavaClasses CLASSES = new ClassFileImporter(
                    List.of(new ImportOption.DoNotIncludeTests(), ArchitectureTest::isNoTestJar))
            .importPackages("io.pricewire");
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages("seeded");

    /** What modules lend to each other's tests. */
    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    static Stream<ArchRule> rules() {
        return rules(OURS);
    }

    @Test
    void seesEveryModule() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\.", 4)[2])
                        .distinct())
                .contains(
                        "proto",
                        "eventstream",
                        "service",
                        "database",
                        "embedded",
                        "ingestor",
                        "normalizer",
                        "query",
                        "standalone");
    }

    /** A rule that cannot fail says nothing: each has a class that breaks it. */
    @ParameterizedTest
    @CsvSource({
        "seeded.query.DependsOnNormalizer,the graph of modules",
        "seeded.ingestor.KnowsASource,the graph of modules",
        "seeded.ingestor.toy.KnowsProtobuf,the core makes events",
        "seeded.query.KnowsKafka,keeps the client replaceable",
        "seeded.normalizer.one.One,free of cycles",
        "seeded.query.prices.KnowsTheRoot,can be read by itself",
        "seeded.query.Blocks,a price waits",
        "seeded.query.HasAFloat,a price is a decimal",
        "seeded.query.MakesAFloat,a price is a decimal",
        "seeded.query.ReadsTheClock,a Clock is handed in",
        "seeded.query.prices.KnowsTheRoot,one sentence"
    })
    void isBrokenBy(String violation, String reason) {
        assertThat(rules(SEEDED)
                        .filter(rule -> rule.getDescription().contains(reason))
                        .flatMap(rule -> rule.evaluate(VIOLATIONS).getFailureReport().getDetails().stream()))
                .anyMatch(detail -> detail.contains(violation)
                        || detail.contains(violation.substring(0, violation.lastIndexOf('.')) + " is not"));
    }

    private static Stream<ArchRule> rules(Architecture architecture) {
        return Stream.of(
                        architecture.packagesAreFreeOfCycles(),
                        architecture.featuresDoNotKnowWhatPutsThemTogether(),
                        Stream.of(
                                architecture.modulesDependOnlyOnTheirs(),
                                architecture.sourcesKnowNoProtobuf(),
                                architecture.onlyEventStreamKnowsKafka(),
                                architecture.nothingBlocksButMain(),
                                architecture.noFloatIsNearAPrice(),
                                architecture.timeIsInjected(),
                                architecture.packagesSayWhatTheyAreAndMarkNulls()))
                .flatMap(rules -> rules);
    }
}
