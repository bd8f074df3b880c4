package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.embedded.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    @TempDir
    Path folder;

    @Test
    void isNotTakenForTheOneThatWasKilledBefore() throws Exception {
        new InstanceFile(1, "http://localhost:1", "data/csv", "").write(folder);

        failToStart();

        assertThat(InstanceFile.read(folder)).isNull();
    }

    @Test
    void leavesTheFolderToOthersWhenItCannotStart() throws Exception {
        failToStart();

        assertThat(InstanceLock.isHeld(folder)).isFalse();
    }

    @Test
    void refusesAnAddressOfAnotherMachine() throws Exception {
        assertThatThrownBy(() -> start("192.0.2.1", FreePort.any()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "SERVER_ADDRESS is 192.0.2.1, which is not an address of this machine; it takes one of them,"
                                + " or 0.0.0.0");
    }

    private void failToStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("which the API needs, is taken");
        }
    }

    private void start(String address, int port) throws Exception {
        StandaloneSettings settings = new StandaloneSettings(
                folder,
                InetAddress.getByName(address),
                port,
                FreePort.any(),
                FreePort.any(),
                "",
                "",
                folder,
                false,
                false,
                false,
                false,
                "",
                "");
        Instance.start(settings, line -> {}).close();
    }
}
