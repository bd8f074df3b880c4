package io.pricewire.standalone;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * A collector of spans that takes OTLP over HTTP, and reads of
 * <a href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/trace/v1/trace.proto">its
 * messages</a>, by their numbers, what tells spans apart.
 */
final class TraceCollector implements AutoCloseable {

    private static final int ONLY_FIELD = 1;
    private static final int SECOND_FIELD = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_SPAN_ID = 4;
    private static final int NAME = 5;

    private final Queue<CollectedSpan> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::collect);
        server.start();
    }

    String endpoint() {
        return "http://localhost:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    List<CollectedSpan> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void collect(HttpExchange exchange) throws IOException {
        try (exchange) {
            messages(UnknownFieldSet.parseFrom(exchange.getRequestBody()), ONLY_FIELD)
                    .forEach(this::addOfResource);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void addOfResource(UnknownFieldSet resourceSpans) {
        String service = messages(resourceSpans, ONLY_FIELD)
                .flatMap(resource -> messages(resource, ONLY_FIELD))
                .filter(attribute -> text(attribute, ONLY_FIELD).equals("service.name"))
                .flatMap(attribute -> messages(attribute, SECOND_FIELD))
                .map(value -> text(value, ONLY_FIELD))
                .findFirst()
                .orElse("");
        messages(resourceSpans, SECOND_FIELD)
                .flatMap(scopeSpans -> messages(scopeSpans, SECOND_FIELD))
                .map(span -> new CollectedSpan(
                        service, text(span, NAME), hex(span, TRACE_ID), hex(span, SPAN_ID), hex(span, PARENT_SPAN_ID)))
                .forEach(spans::add);
    }

    private static Stream<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream().map(bytes -> {
            try {
                return UnknownFieldSet.parseFrom(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).toStringUtf8();
    }

    private static String hex(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(bytes(message, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.getLast();
    }

    /** A span, with the name of the service that made it. */
    record CollectedSpan(String service, String name, String traceId, String spanId, String parentSpanId) {}
}
