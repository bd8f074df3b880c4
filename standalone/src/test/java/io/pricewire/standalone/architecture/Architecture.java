package io.pricewire.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules that hold the modules apart. They are made for a root package, so that a test can hold them against classes
 * that break them.
 */
final class Architecture {

    private static final String SOURCE = "a source";

    /** Packages below the core's that are the core's too. */
    private static final Set<String> CORE = Set.of("http");

    /** Who may depend on whom, besides itself; {@code standalone} may on everyone. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "proto",
            Set.of(),
            "eventstream",
            Set.of("proto"),
            "service",
            Set.of(),
            "database",
            Set.of(),
            "embedded",
            Set.of(),
            "ingestor",
            Set.of("eventstream", "proto"),
            SOURCE,
            Set.of("ingestor", "service"),
            "normalizer",
            Set.of("eventstream", "proto", "database", "service"),
            "query",
            Set.of("eventstream", "proto", "database", "service"));

    private static final Set<String> BLOCKING =
            Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");
    private static final Set<String> FLOATS = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
    private static final Set<String> FLOAT_MAKERS = Set.of("doubleValue", "floatValue", "parseDouble", "parseFloat");

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    /** Services talk by events and tables; what is split off later must not drag the others along. */
    ArchRule modulesDependOnlyOnTheirs() {
        return classes()
                .that(not(resideInAPackage(module("standalone"))))
                .should(new ArchCondition<>("depend only on the modules that theirs may depend on") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Set<String> allowed = ALLOWED.getOrDefault(moduleOf(type), Set.of());
                        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                            JavaClass target = dependency.getTargetClass();
                            if (isOurs(target) && !isSameModule(type, target) && !allowed.contains(moduleOf(target))) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        }
                    }
                })
                .because("the graph of modules is drawn in docs/architecture.md");
    }

    /** A source is written in an afternoon by someone who knows neither Kafka nor Protobuf. */
    ArchRule sourcesKnowNoProtobuf() {
        return noClasses()
                .that(resideInAPackage(root + ".ingestor.(*).."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.google.protobuf..", module("proto")))
                .because("the core makes events of what a source reads")
                .allowEmptyShould(true);
    }

    /** The reactive client of Kafka is discontinued; one module is replaced more easily than ten. */
    ArchRule onlyEventStreamKnowsKafka() {
        return noClasses()
                .that(not(resideInAnyPackage(module("eventstream"), module("embedded"))))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache.kafka..", "reactor.kafka..", "org.springframework.kafka.."))
                .because("event-stream keeps the client replaceable");
    }

    /** Packages that need each other are one package in two places. */
    Stream<ArchRule> packagesAreFreeOfCycles() {
        return Stream.of(root + ".(*)..", root + ".normalizer.(*)..", root + ".query.(*)..")
                .map(packages ->
                        slices().matching(packages).should().beFreeOfCycles().allowEmptyShould(true));
    }

    /** What puts parts together knows the parts, and they do not know it. */
    Stream<ArchRule> featuresDoNotKnowWhatPutsThemTogether() {
        return Stream.of("normalizer", "query")
                .map(service -> noClasses()
                        .that(resideInAPackage("%s.%s.(*)..".formatted(root, service)))
                        .should()
                        .dependOnClassesThat(resideInAPackage("%s.%s".formatted(root, service)))
                        .because("a feature can be read by itself")
                        .allowEmptyShould(true));
    }

    /** A thread that waits is one that serves nobody. */
    ArchRule nothingBlocksButMain() {
        return classes()
                .should(notCall(
                        "block",
                        access -> access.getTargetOwner().getPackageName().equals("reactor.core.publisher")
                                && BLOCKING.contains(access.getName())
                                && !access.getOrigin().getName().equals("main")))
                .because("a price waits for whoever waits");
    }

    /** A float has 15 digits; prices and supplies have more. */
    ArchRule noFloatIsNearAPrice() {
        return classes()
                .that(not(resideInAnyPackage(root + "..charts..", root + "..meters..")))
                .should(notHaveFloats())
                .andShould(notCall(
                        "make floats with",
                        access -> FLOAT_MAKERS.contains(access.getName())
                                && access.getTargetOwner().getPackageName().startsWith("java.")))
                .because("a price is a decimal from the source's bytes to the client's");
    }

    /** What depends on the time of day cannot be tested at another. */
    ArchRule timeIsInjected() {
        return classes()
                .should(notCall(
                        "read the clock with",
                        access -> (access.getName().equals("now")
                                        && access.getTargetOwner()
                                                .getPackageName()
                                                .equals("java.time"))
                                || access.getName().equals("currentTimeMillis")))
                .because("a Clock is handed in where the time is needed");
    }

    /** Null is not a value unless it is said. */
    ArchRule packagesSayWhatTheyAreAndMarkNulls() {
        return classes()
                .that(DescribedPredicate.describe("are written by hand", type -> !isGenerated(type)))
                .should(new ArchCondition<>("reside in a package with a NullMarked package-info") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        events.add(
                                new SimpleConditionEvent(type, marked, type.getPackageName() + " is not NullMarked"));
                    }
                })
                .because("every package has one sentence that says what it is");
    }

    private static boolean isGenerated(JavaClass type) {
        return type.getPackageName().endsWith(".proto.v1");
    }

    private String module(String name) {
        return root + "." + name + "..";
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    /** Sources stand below the core's package, and each is a module of its own. */
    private String moduleOf(JavaClass type) {
        String[] parts = pathOf(type);
        return parts[0].equals("ingestor") && parts.length > 1 && !CORE.contains(parts[1]) ? SOURCE : parts[0];
    }

    private boolean isSameModule(JavaClass one, JavaClass other) {
        String module = moduleOf(one);
        return module.equals(moduleOf(other)) && (!module.equals(SOURCE) || pathOf(one)[1].equals(pathOf(other)[1]));
    }

    private String[] pathOf(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1).split("\\.", -1);
    }

    private static ArchCondition<JavaClass> notCall(
            String what, java.util.function.Predicate<JavaAccess<?>> isForbidden) {
        return new ArchCondition<>("not " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (isForbidden.test(access)) {
                        events.add(SimpleConditionEvent.violated(type, access.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> notHaveFloats() {
        return new ArchCondition<>("have no floats") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    if (FLOATS.contains(field.getRawType().getName())) {
                        events.add(SimpleConditionEvent.violated(type, field.getDescription()));
                    }
                }
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    boolean hasFloat = Stream.concat(
                                    unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                            .anyMatch(used -> FLOATS.contains(used.getName()));
                    if (hasFloat) {
                        events.add(SimpleConditionEvent.violated(type, unit.getDescription()));
                    }
                }
            }
        };
    }
}
