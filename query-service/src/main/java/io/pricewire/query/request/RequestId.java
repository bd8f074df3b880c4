package io.pricewire.query.request;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
    private static final String START = ATTRIBUTE + ".start";
    private static final int DIGITS_OF_NANOS = 6;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getAttributes().put(START, System.nanoTime());
        String given = exchange.getRequest().getHeaders().getFirst(HEADER);
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        exchange.getAttributes().put(ATTRIBUTE, id);
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().set(HEADER, id);
        response.beforeCommit(() -> Mono.fromRunnable(
                () -> response.getHeaders().set("Server-Timing", "app;dur=" + milliseconds(exchange))));
        return chain.filter(exchange);
    }

    /** How long this request has taken so far, in milliseconds. */
    public static BigDecimal milliseconds(ServerWebExchange exchange) {
        long start = exchange.getAttributeOrDefault(START, System.nanoTime());
        return BigDecimal.valueOf(System.nanoTime() - start, DIGITS_OF_NANOS).setScale(3, RoundingMode.DOWN);
    }

    /** The id of this request; null before it has one. */
    public static @Nullable String of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }
}
