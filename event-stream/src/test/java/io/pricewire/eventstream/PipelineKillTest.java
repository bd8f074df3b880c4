package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.testing.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes share the work, and one after the other is killed in the middle of it. */
class PipelineKillTest {

    private final Numbers numbers = Numbers.create();
    private final String name = numbers.in().name().substring("in-".length());

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void publishesEachRecordOnceThoughAnInstanceIsKilledTwice() throws Exception {
        publishesEachRecordOnceThoughInstancesAreKilled(2, 6_000);
    }

    @Test
    @Tag("full")
    void publishesEachRecordOnceThoughAnInstanceIsKilledTenTimes() throws Exception {
        publishesEachRecordOnceThoughInstancesAreKilled(10, 60_000);
    }

    private void publishesEachRecordOnceThoughInstancesAreKilled(int kills, int count) throws Exception {
        Process steady = instance("steady");
        Process victim = instance("victim");
        try {
            numbers.publish(0, count / 2);
            for (int kill = 0; kill < kills; kill++) {
                int before = numbers.read(numbers.out()).size();
                await().atMost(Numbers.PATIENCE)
                        .until(() -> numbers.read(numbers.out()).size() > before);
                victim.destroyForcibly().waitFor();
                victim = instance("victim");
                int start = count / 2 + kill * (count / 2) / kills;
                numbers.publish(start, start + (count / 2) / kills);
            }
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(numbers.read(numbers.out())).hasSizeGreaterThanOrEqualTo(count));
        } finally {
            victim.destroyForcibly().waitFor();
            steady.destroyForcibly().waitFor();
        }
        assertThat(numbers.read(numbers.out())).containsExactlyInAnyOrderElementsOf(Numbers.range(count));
    }

    private Process instance(String id) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Instance.class.getName(),
                        TestServers.kafka(),
                        name,
                        id + "-" + name)
                .inheritIO()
                .start();
    }

    static final class Instance {
        public static void main(String[] arguments) {
            List<String> given = List.of(arguments);
            try (Numbers numbers = Numbers.at(given.get(0), given.get(1))) {
                numbers.pipeline(given.get(2), batch -> numbers.copy(batch).delayElement(Duration.ofMillis(20)))
                        .run()
                        .blockLast();
            }
        }
    }
}
