package io.pricewire.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running instance. What it cannot answer at the moment is an {@link IOException}, and what it will never answer a
 * {@link UsageException}.
 */
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final String KEYS =
            "PRICEWIRE_STANDALONE_APIKEY takes a key for a Pricewire in other places; where one of this folder has been started again meanwhile, run the command again";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What became of a run is not known before it is complete.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final String url;
    private final String key;

    /** @param key with which it may read; empty for none */
    ApiClient(String url, String key) {
        this.url = url;
        this.key = key;
    }

    /** The run; null where there is none of this id yet. */
    @Nullable RunStatus run(UUID id) throws IOException, InterruptedException {
        return get("/api/v1/runs/" + id, RunStatus.class);
    }

    /** The latest runs of an ingestor. */
    List<ListedRun> runs(String ingestor) throws IOException, InterruptedException {
        RunList runs = get("/api/v1/runs?source=" + ingestor, RunList.class);
        return runs == null ? List.of() : runs.data();
    }

    private <T> @Nullable T get(String path, Class<T> type) throws IOException, InterruptedException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
        HttpRequest request = (key.isEmpty() ? builder : builder.header("X-API-Key", key)).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == OK) {
            return json.readValue(response.body(), type);
        }
        if (response.statusCode() == NOT_FOUND) {
            return null;
        }
        String answer = "%s answered %d: %s"
                .formatted(request.uri(), response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        if (response.statusCode() >= SERVER_ERROR) {
            throw new IOException(answer);
        }
        throw new UsageException(response.statusCode() == UNAUTHORIZED ? answer + "; " + KEYS : answer);
    }

    /**
     * A run in a list.
     *
     * @param finishedAt null while it runs
     */
    record ListedRun(UUID runId, @Nullable Instant finishedAt) {}

    private record RunList(List<ListedRun> data) {}
}
