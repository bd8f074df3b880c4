package io.pricewire.query.about;

import io.pricewire.query.parameter.Parameters;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What this is, and where to go on. */
public final class AboutRoutes {

    private final byte[] body;

    public AboutRoutes(AboutView about, JsonMapper json) {
        this.body = json.writeValueAsBytes(about);
    }

    public Mono<ServerResponse> about(ServerRequest request) {
        Parameters.of().read(request.queryParams());
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
