package io.pricewire.standalone.deploy;

import static io.pricewire.standalone.deploy.Program.PROJECT;
import static io.pricewire.standalone.deploy.YamlDocuments.at;
import static io.pricewire.standalone.deploy.YamlDocuments.list;
import static io.pricewire.standalone.deploy.YamlDocuments.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes manifests: what the API's own model allows, and what this project demands of them. */
class ManifestsTest {

    private static final Path KUBERNETES = PROJECT.resolve("deploy/kubernetes");
    private static final Map<String, Model> MODELS = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap::validateJsonElement),
            Map.entry("v1 Namespace", V1Namespace::validateJsonElement),
            Map.entry("v1 PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement),
            Map.entry("v1 Service", V1Service::validateJsonElement),
            Map.entry("apps/v1 Deployment", V1Deployment::validateJsonElement),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
            Map.entry("batch/v1 CronJob", V1CronJob::validateJsonElement),
            Map.entry("batch/v1 Job", V1Job::validateJsonElement),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
            // Not of the API itself: nothing here knows what they may say.
            Map.entry("keda.sh/v1alpha1 ScaledObject", anything -> {}),
            Map.entry("keda.sh/v1alpha1 TriggerAuthentication", anything -> {}));

    @ParameterizedTest
    @MethodSource("resources")
    void areWhatTheApiAllows(Path file) throws IOException {
        for (Map<String, Object> manifest : YamlDocuments.in(file)) {
            validate(manifest);
        }
    }

    @Test
    void wouldBeRefusedWithAFieldThatTheApiDoesNotKnow() {
        Map<String, Object> deployment = deployment();
        map(at(deployment, "spec", "template", "spec")).put("restartPolicee", "Always");

        assertThatThrownBy(() -> validate(deployment)).hasMessageContaining("restartPolicee");
    }

    @Test
    void wouldBeRefusedWithoutAFieldThatTheApiDemands() {
        Map<String, Object> deployment = deployment();
        map(deployment.get("spec")).remove("selector");

        assertThatThrownBy(() -> validate(deployment)).hasMessageContaining("selector");
    }

    @Test
    void nameEveryFileThatIsThere() throws IOException {
        try (Stream<Path> files = Files.walk(KUBERNETES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml") && !isKustomization(file)))
                    .allMatch(file -> namesOf(file.resolveSibling("kustomization.yaml"))
                            .contains(file.getFileName().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "scheduled"})
    void areSoundWhenTheyArePutTogether(String overlay) throws IOException {
        assumeTrue(Program.isThere("kubectl", "kustomize", "--help"), "kubectl is not here");
        Program kustomize = Program.run(
                Map.of(),
                List.of(
                        "kubectl",
                        "kustomize",
                        KUBERNETES.resolve("overlays").resolve(overlay).toString()));
        assertThat(kustomize).returns(0, Program::exitCode);
        List<Map<String, Object>> manifests = YamlDocuments.of(kustomize.output());

        for (Map<String, Object> manifest : manifests) {
            validate(manifest);
        }
        assertThat(manifests).extracting(manifest -> manifest.get("kind")).doesNotContain("Secret");
        assertThat(manifests)
                .filteredOn(manifest -> !podOf(manifest).isEmpty())
                .isNotEmpty()
                .allSatisfy(ManifestsTest::requireCaution);
        assertThat(manifests)
                .filteredOn(manifest -> manifest.get("kind").equals("Deployment"))
                .isNotEmpty()
                .allSatisfy(ManifestsTest::requireSmoothUpdates);
    }

    @Test
    void letTheScheduledJobReachServersThatAskWhoIsThere(@TempDir Path folder) throws IOException {
        assumeTrue(Program.isThere("kubectl", "kustomize", "--help"), "kubectl is not here");
        Path overlay = folder.toRealPath();
        Path components = overlay.relativize(KUBERNETES.toRealPath());
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%1$s/overlays/scheduled]
                components: [%1$s/components/kafka-sasl-tls, %1$s/components/postgres-tls]
                """.formatted(components));
        Program kustomize = Program.run(Map.of(), List.of("kubectl", "kustomize", overlay.toString()));
        assertThat(kustomize).returns(0, Program::exitCode);

        assertThat(YamlDocuments.of(kustomize.output()))
                .filteredOn(manifest -> manifest.get("kind").equals("CronJob"))
                .isNotEmpty()
                .allSatisfy(manifest -> {
                    Map<String, Object> pod = podOf(manifest);
                    assertThat(names(pod, "volumes")).contains("kafka-ca", "postgres-ca");
                    Map<String, Object> container =
                            map(list(pod.get("containers")).getFirst());
                    assertThat(names(container, "volumeMounts")).contains("kafka-ca", "postgres-ca");
                    assertThat(names(container, "env"))
                            .contains("PRICEWIRE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "DATABASE_URL");
                });
    }

    private static List<Object> names(Map<String, Object> parent, String key) {
        return list(parent.get(key)).stream().map(entry -> at(entry, "name")).toList();
    }

    /** What the strictest of Kubernetes' own standards for pods demands, and a bound. */
    private static void requireCaution(Map<String, Object> manifest) {
        Map<String, Object> pod = podOf(manifest);
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
        assertThat(list(pod.get("containers"))).allSatisfy(container -> {
            assertThat(at(container, "securityContext", "readOnlyRootFilesystem"))
                    .isEqualTo(true);
            assertThat(at(container, "securityContext", "allowPrivilegeEscalation"))
                    .isEqualTo(false);
            assertThat(at(container, "securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
            assertThat(map(at(container, "resources", "limits"))).containsKey("memory");
            assertThat(at(container, "image").toString()).contains(":").doesNotEndWith(":latest");
        });
    }

    private static void requireSmoothUpdates(Map<String, Object> deployment) {
        assertThat(deployment)
                .satisfiesAnyOf(
                        rolling -> assertThat(at(rolling, "spec", "strategy", "rollingUpdate", "maxUnavailable"))
                                .isEqualTo(0),
                        single -> assertThat(at(single, "spec", "strategy", "type"))
                                .isEqualTo("Recreate"));
        assertThat(list(podOf(deployment).get("containers")))
                .allSatisfy(container -> assertThat(map(container))
                        .containsKeys("startupProbe", "livenessProbe", "readinessProbe", "lifecycle"));
    }

    /** The pod that a manifest makes; empty where it makes none. */
    private static Map<String, Object> podOf(Map<String, Object> manifest) {
        Object job = manifest.get("kind").equals("CronJob") ? at(manifest, "spec", "jobTemplate") : manifest;
        return map(at(job, "spec", "template", "spec"));
    }

    private static void validate(Map<String, Object> manifest) throws IOException {
        String kind = "%s %s".formatted(manifest.get("apiVersion"), manifest.get("kind"));
        assertThat(MODELS).containsKey(kind);
        MODELS.get(kind).validate(new Gson().toJsonTree(manifest));
    }

    private static Map<String, Object> deployment() {
        return YamlDocuments.in(KUBERNETES.resolve("base/normalizer.yaml")).getFirst();
    }

    private static List<Path> resources() throws IOException {
        try (Stream<Path> files = Files.walk(KUBERNETES)) {
            return files.filter(ManifestsTest::isKustomization)
                    .flatMap(
                            kustomization -> entries(kustomization, "resources").map(kustomization::resolveSibling))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static Collection<String> namesOf(Path kustomization) {
        return Stream.concat(
                        entries(kustomization, "resources"),
                        list(kustomization(kustomization).getOrDefault("patches", List.of())).stream()
                                .map(patch -> at(patch, "path").toString()))
                .toList();
    }

    private static Stream<String> entries(Path kustomization, String key) {
        return list(kustomization(kustomization).getOrDefault(key, List.of())).stream()
                .map(Object::toString);
    }

    private static Map<String, Object> kustomization(Path file) {
        return YamlDocuments.in(file).getFirst();
    }

    private static boolean isKustomization(Path file) {
        return file.endsWith("kustomization.yaml");
    }

    /** Refuses what has a field too much, or one too few. */
    @FunctionalInterface
    private interface Model {
        void validate(JsonElement manifest) throws IOException;
    }
}
