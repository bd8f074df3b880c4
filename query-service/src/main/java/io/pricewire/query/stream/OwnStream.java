package io.pricewire.query.stream;

import io.pricewire.proto.Canary;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

/** Where this service finds its own stream, as a client like any other. */
final class OwnStream {

    private OwnStream() {}

    /** The stream of the canary at a server that listens there. */
    static URI at(InetAddress address, int port) {
        InetAddress reached = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        return URI.create("http://%s:%d/api/v1/stream/prices?source=%s&snapshot=false"
                .formatted(host(reached), port, Canary.NAME));
    }

    /** Without the name of an interface, which an address of this machine does not need. */
    private static String host(InetAddress address) {
        String host = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[%s]".formatted(host) : host;
    }
}
