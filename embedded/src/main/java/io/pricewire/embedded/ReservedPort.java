package io.pricewire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port of the loopback address for a server that starts later, or that stops and starts again: until this is closed,
 * the system gives it to nobody who asks for any free one, and a server that names it can listen on it, if it sets
 * {@code SO_REUSEADDR}, as Java's, Kafka's and Postgres' do. Only Linux lets two sockets have a port in that way; elsewhere
 * the port was free when it was looked for, and is not kept.
 */
public final class ReservedPort implements AutoCloseable {

    private static final boolean IS_KEPT = System.getProperty("os.name").equals("Linux");

    private final SocketChannel socket;
    private final int number;

    private ReservedPort(SocketChannel socket, int number) {
        this.socket = socket;
        this.number = number;
    }

    public static ReservedPort any() {
        try {
            ReservedPort port = bind(SocketChannel.open());
            if (!IS_KEPT) {
                port.close();
            }
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /** It has the port then, and does not listen on it. */
    private static ReservedPort bind(SocketChannel socket) throws IOException {
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new ReservedPort(socket, socket.socket().getLocalPort());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public int number() {
        return number;
    }

    /** Gives the port back; does nothing the second time. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the port could not be given back: " + number, e);
        }
    }
}
