package io.pricewire.query.page;

import io.pricewire.query.about.AboutView;
import io.pricewire.query.about.AboutView.Attribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The page at {@code /}: where to go on, and whose data it is. It loads nothing from elsewhere. */
public final class PageRoutes {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** The style stands in the page. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final TypeReference<Map<String, String>> LINKS = new TypeReference<>() {};

    private final String html;

    public PageRoutes(AboutView about, JsonMapper json) {
        this.html = template()
                .replace("{version}", about.version())
                .replace("{links}", lines(json.convertValue(about.links(), LINKS)))
                .replace(
                        "{attribution}",
                        about.attribution().stream().map(PageRoutes::credit).collect(Collectors.joining("\n")));
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(RequestPredicates.GET("/").or(RequestPredicates.HEAD("/")), this::page);
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", POLICY)
                .bodyValue(html);
    }

    private static String lines(Map<String, String> links) {
        return links.entrySet().stream()
                .map(link -> "<li><a href=\"%s\">%s</a></li>".formatted(link.getValue(), link.getKey()))
                .collect(Collectors.joining("\n"));
    }

    private static String credit(Attribution credit) {
        return "<p><a href=\"%s\">%s</a></p>".formatted(credit.url(), credit.text());
    }

    private static String template() {
        try {
            return new ClassPathResource("page/index.html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
