package io.pricewire.query.request;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id, the caller's where that is a sane one, and says in every response which it was
 * ({@code X-Request-Id}) and how long it took to begin answering ({@code Server-Timing}, by
 * <a href="https://www.w3.org/TR/server-timing/">W3C Server Timing</a>).
 */
public final class RequestId implements WebFilter, Ordered {

    private static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final long NANOS_PER_MICRO = 1_000;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long start = System.nanoTime();
        String given = exchange.getRequest().getHeaders().getFirst(HEADER);
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        exchange.getAttributes().put(ATTRIBUTE, id);
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().set(HEADER, id);
        response.beforeCommit(() -> Mono.fromRunnable(() -> {
            long micros = (System.nanoTime() - start) / NANOS_PER_MICRO;
            response.getHeaders().set("Server-Timing", "app;dur=%d.%03d".formatted(micros / 1_000, micros % 1_000));
        }));
        return chain.filter(exchange);
    }

    /** The id of this request; null before it has one. */
    public static @Nullable String of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }
}
