package io.pricewire.query.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every answer that is the same for the same data a strong {@code ETag}, and answers 304 to who has it already
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests">RFC 9110, section 13</a>). The tag is made of
 * the bytes, so that it spares the way to the client and not the work. What differs from request to request has none, and
 * neither has a problem.
 */
public final class EntityTags implements WebFilter, Ordered {

    private static final Set<HttpMethod> CACHEABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> WITHOUT = Set.of("/api/v1/data", "/api/v1/stats", "/api/v1/health", "/health");

    /** Of a hash of 32: enough that different answers never meet by chance. */
    private static final int BYTES_OF_TAG = 16;

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        boolean isCacheable = CACHEABLE.contains(exchange.getRequest().getMethod())
                && !WITHOUT.contains(path)
                && !isForOperators(path);
        return chain.filter(
                isCacheable ? exchange.mutate().response(new Tagged(exchange)).build() : exchange);
    }

    private static boolean isForOperators(String path) {
        return path.startsWith("/actuator");
    }

    private static String tagOf(DataBuffer body) {
        MessageDigest digest = sha256();
        try (DataBuffer.ByteBufferIterator parts = body.readableByteBuffers()) {
            parts.forEachRemaining(digest::update);
        }
        byte[] start = Arrays.copyOf(digest.digest(), BYTES_OF_TAG);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A response whose body, where it is one piece of JSON, is tagged before it is written. */
    private static final class Tagged extends ServerHttpResponseDecorator {

        private final ServerWebExchange exchange;

        Tagged(ServerWebExchange exchange) {
            super(exchange.getResponse());
            this.exchange = exchange;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return body instanceof Mono<? extends DataBuffer> whole && isTagged()
                    ? whole.flatMap(this::write)
                    : super.writeWith(body);
        }

        private boolean isTagged() {
            return (getStatusCode() == null || HttpStatus.OK.equals(getStatusCode()))
                    && MediaType.APPLICATION_JSON.isCompatibleWith(getHeaders().getContentType());
        }

        private Mono<Void> write(DataBuffer body) {
            getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (exchange.checkNotModified(tagOf(body))) {
                DataBufferUtils.release(body);
                getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
                getHeaders().remove(HttpHeaders.CONTENT_TYPE);
                return setComplete();
            }
            return super.writeWith(Mono.just(body));
        }
    }
}
