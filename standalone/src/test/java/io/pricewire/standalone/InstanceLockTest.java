package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {

    @TempDir
    Path folder;

    @Test
    void isHeldByOneAtATime() {
        try (InstanceLock first = InstanceLock.tryAcquire(folder)) {
            assertThat(first).isNotNull();
            assertThat(InstanceLock.tryAcquire(folder)).isNull();
        }
    }

    @Test
    void isFreeAgainWhenItIsReleased() {
        InstanceLock.tryAcquire(folder).close();

        try (InstanceLock next = InstanceLock.tryAcquire(folder)) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        assertThat(InstanceLock.tryAcquire(folder)).isNull();

        holder.destroyForcibly().waitFor();

        try (InstanceLock next = InstanceLock.tryAcquire(folder)) {
            assertThat(next).isNotNull();
        }
    }

    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            InstanceLock lock = InstanceLock.tryAcquire(Path.of(arguments[0]));
            System.out.println(lock == null ? "not held" : "held");
            Thread.currentThread().join();
        }
    }
}
