package io.pricewire.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnStreamTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0, 127.0.0.1",
        "::, 127.0.0.1",
        "::1, [0:0:0:0:0:0:0:1]",
        "2001:db8::7, [2001:db8:0:0:0:0:0:7]"
    })
    void isReachedWhereTheServerListens(String address, String host) {
        assertThat(OwnStream.at(InetAddress.ofLiteral(address), 8080))
                .hasToString("http://%s:8080/api/v1/stream/prices?source=canary&snapshot=false".formatted(host))
                .hasHost(host);
    }
}
