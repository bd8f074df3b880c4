package io.pricewire.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running instance. */
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private final String url;

    ApiClient(String url) {
        this.url = url;
    }

    /** The run; null where there is none of this id yet. */
    @Nullable RunStatus run(UUID id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/api/v1/runs/%s".formatted(url, id)))
                .timeout(TIMEOUT)
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return switch (response.statusCode()) {
            case OK -> json.readValue(response.body(), RunStatus.class);
            case NOT_FOUND -> null;
            default ->
                throw new IOException("%s answered %d: %s"
                        .formatted(
                                request.uri(),
                                response.statusCode(),
                                new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)));
        };
    }
}
