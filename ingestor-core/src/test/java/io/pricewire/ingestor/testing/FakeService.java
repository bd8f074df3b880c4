package io.pricewire.ingestor.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A real server on this machine that answers what a test wants. */
public final class FakeService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DisposableServer server;
    private final Queue<Reply> next = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Reply otherwise;

    /** Starts one that answers every request so, unless it is told otherwise. */
    public FakeService(Reply otherwise) {
        this.otherwise = otherwise;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::answer)
                .bindNow(PATIENCE);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        requests.add(new Request(request));
        request.withConnection(connection -> connection.onTerminate().subscribe(null, null, closed::incrementAndGet));
        Reply reply = next.poll();
        return (reply == null ? otherwise : reply).send(request, response);
    }

    /** The next requests are answered so, one after the other. */
    public FakeService then(Reply... replies) {
        next.addAll(List.of(replies));
        return this;
    }

    /** From now on every request is answered so. */
    public void always(Reply reply) {
        otherwise = reply;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** All that was asked, in order. */
    public List<Request> requests() {
        return requests;
    }

    /** How many requests are over, one way or another. */
    public int closed() {
        return closed.get();
    }

    @Override
    public void close() {
        server.disposeNow(PATIENCE);
    }

    /** What is answered to a request. */
    @FunctionalInterface
    public interface Reply {

        Publisher<Void> send(HttpServerRequest request, HttpServerResponse response);
    }

    /**
     * What was asked.
     *
     * @param uri path and parameters
     * @param headers their names in lower case
     */
    public record Request(String uri, Map<String, String> headers) {

        Request(HttpServerRequest request) {
            this(
                    request.uri(),
                    request.requestHeaders().entries().stream()
                            .collect(Collectors.toMap(
                                    header -> header.getKey().toLowerCase(Locale.ROOT),
                                    Map.Entry::getValue,
                                    (one, other) -> one)));
        }
    }

    public static Reply json(String body) {
        return status(200, body);
    }

    /** An answer with headers: name, value, name, value. */
    public static Reply status(int status, String body, String... headers) {
        return (request, response) -> {
            response.status(status).header("Content-Type", "application/json");
            for (int index = 0; index < headers.length; index += 2) {
                response.header(headers[index], headers[index + 1]);
            }
            return response.sendString(Mono.just(body));
        };
    }

    public static Reply bytes(byte[] body, String... headers) {
        return (request, response) -> {
            for (int index = 0; index < headers.length; index += 2) {
                response.header(headers[index], headers[index + 1]);
            }
            return response.sendByteArray(Mono.just(body));
        };
    }

    public static Reply compressed(String body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes(packed.toByteArray(), "Content-Encoding", "gzip");
    }

    /** Takes the request and says nothing. */
    public static Reply silence() {
        return (request, response) -> Mono.never();
    }

    /** Begins to answer, and never ends. */
    public static Reply withoutEnd(String beginning) {
        Flux<ByteBuf> body = Flux.concat(Mono.just(beginning), Flux.never())
                .map(text -> Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
        return (request, response) -> response.send(body, part -> true);
    }

    /** Promises more than it sends, and closes the connection. */
    public static Reply brokenOff(String beginning) {
        return (request, response) -> {
            response.header("Content-Length", String.valueOf(beginning.length() + 1_000));
            request.withConnection(
                    connection -> Mono.delay(Duration.ofMillis(100)).subscribe(tick -> {
                        var _ = connection.channel().close();
                    }));
            return withoutEnd(beginning).send(request, response);
        };
    }
}
