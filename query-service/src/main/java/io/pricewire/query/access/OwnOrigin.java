package io.pricewire.query.access;

import io.pricewire.query.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses what would change something when a browser sends it for a page of another origin, which its user may not know
 * of. Programs that are no browsers say neither {@code Origin} nor {@code Sec-Fetch-Site}, and pass.
 */
public final class OwnOrigin implements WebFilter, Ordered {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (!READING.contains(exchange.getRequest().getMethod()) && isForeign(headers)) {
            return Mono.error(ProblemException.forbidden("pages of other origins may not change anything here"));
        }
        return chain.filter(exchange);
    }

    private static boolean isForeign(HttpHeaders headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getOrigin();
        return (site != null && !OWN_SITES.contains(site))
                || (origin != null && !isAt(origin, headers.getFirst(HttpHeaders.HOST)));
    }

    private static boolean isAt(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
