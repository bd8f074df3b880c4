package io.pricewire.query.access;

import io.pricewire.query.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets pass who may: reading takes the role {@code read}, all else {@code admin}. A key comes in {@code X-API-Key} or as a
 * bearer token (<a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750</a>). Probes, metrics and the page are
 * open to everyone.
 */
public final class Access implements WebFilter, Ordered {

    private static final String HEADER = "X-API-Key";
    private static final String BEARER = "Bearer ";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final KeyRing keys;
    private final Role anonymous;

    Access(KeyRing keys, Role anonymous) {
        this.keys = keys;
        this.anonymous = anonymous;
    }

    /** After the request has its id, and before anything is done for it. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        ProblemException refusal =
                refusal(request.getMethod(), request.getPath().value(), request.getHeaders());
        return refusal == null ? chain.filter(exchange) : Mono.error(refusal);
    }

    /** Why a request is refused; null where it is not. */
    @Nullable ProblemException refusal(HttpMethod method, String path, HttpHeaders headers) {
        if (isOpen(path)) {
            return null;
        }
        String key = keyOf(headers);
        Role role = keys.areConfigured() || keys.isOwn(key) ? roleOf(key) : anonymous;
        if (role == null) {
            return ProblemException.unauthorized("the key is not known");
        }
        if (role.may(READING.contains(method) ? Role.READ : Role.ADMIN)) {
            return null;
        }
        return keys.areConfigured() && key != null
                ? ProblemException.forbidden("it takes a key of the role admin")
                : ProblemException.unauthorized("it takes a key, in X-API-Key or as a bearer token");
    }

    private @Nullable Role roleOf(@Nullable String key) {
        return key == null ? Role.NONE : keys.roleOf(key);
    }

    private static boolean isOpen(String path) {
        return path.equals("/") || path.startsWith("/actuator/");
    }

    private static @Nullable String keyOf(HttpHeaders headers) {
        String given = headers.getFirst(HEADER);
        if (given != null) {
            return given;
        }
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
