package io.pricewire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ReservedPortTest {

    private static final int ENOUGH_TO_MEET_A_PORT_THAT_IS_NOT_KEPT = 50_000;

    @Test
    void isGivenToNobodyWhoAsksForAnyPort() {
        try (ReservedPort port = ReservedPort.any()) {
            Set<Integer> others = new HashSet<>();
            for (int i = 0; i < ENOUGH_TO_MEET_A_PORT_THAT_IS_NOT_KEPT; i++) {
                others.add(FreePort.any());
            }

            assertThat(others).doesNotContain(port.number());
        }
    }

    @Test
    void isForAServerThatNamesItAgainAndAgain() throws IOException {
        try (ReservedPort port = ReservedPort.any()) {
            List<Boolean> isFreeBeside = new ArrayList<>();
            for (int start = 0; start < 2; start++) {
                assertThat(FreePort.isFree(port.number())).isTrue();
                try (ServerSocket server = new ServerSocket(port.number(), 1, InetAddress.getLoopbackAddress())) {
                    isFreeBeside.add(FreePort.isFree(server.getLocalPort()));
                }
            }

            assertThat(isFreeBeside).containsOnly(false);
        }
    }
}
