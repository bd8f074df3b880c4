package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventPublisher;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamSettings;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.ReferencePrice;
import io.pricewire.query.prices.Prices;
import io.pricewire.service.ServiceLauncher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The query service on a broker and a database of its own, and what tests need to feed and to ask it. */
final class RunningService implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
    private final EventStream stream = new EventStream(EventStreamSettings.at(kafka.bootstrapServers()));
    private final String database = TestServers.newDatabase();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<BeanPostProcessor> processors;
    private ConfigurableApplicationContext service;

    /** @param processors what happens to its parts as they are made */
    RunningService(BeanPostProcessor... processors) {
        this.processors = List.of(processors);
        stream.createTopics(List.of(
                        Topics.PRICES_NORMALIZED, Topics.PRICES_LATEST, Topics.PRICES_REFERENCE, Topics.INGEST_RUNS))
                .block(PATIENCE);
        Flyway.configure().dataSource(jdbcUrl(), null, null).load().migrate();
        service = start();
    }

    /** Starts the service anew: nothing of its memory is left. */
    void restart() {
        service.close();
        service = start();
    }

    private ConfigurableApplicationContext start() {
        return ServiceLauncher.application(QueryService.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(context -> processors.forEach(context.getBeanFactory()::addBeanPostProcessor))
                .run(
                        "--server.port=0",
                        "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--pricewire.database.url=" + database,
                        "--pricewire.query.stream.ring-size=1000",
                        "--pricewire.query.stream.heartbeat=1s",
                        "--logging.level.root=WARN");
    }

    /** What a normalizer does: publishes normalized prices, and each as the latest of its key. */
    void publish(Price.Builder... prices) {
        List<Event<?>> events = new ArrayList<>();
        for (Price.Builder builder : prices) {
            Price price = builder.build();
            EventAttributes attributes =
                    new EventAttributes(price.getEventId(), "/test", Prices.TIME, price.getAssetId(), null);
            events.add(new Event<>(Topics.PRICES_NORMALIZED, price.getAssetId(), price, attributes));
            events.add(new Event<>(
                    Topics.PRICES_LATEST,
                    "%s|%s|%s".formatted(price.getSource(), price.getSourceAssetId(), price.getQuote()),
                    price,
                    attributes));
        }
        publish(events, Topics.PRICES_NORMALIZED, Topics.PRICES_LATEST);
    }

    void publish(ReferencePrice.Builder... prices) {
        List<Event<?>> events = new ArrayList<>();
        for (ReferencePrice.Builder builder : prices) {
            ReferencePrice price = builder.build();
            events.add(new Event<>(
                    Topics.PRICES_REFERENCE,
                    price.getAssetId() + "|" + price.getQuote(),
                    price,
                    new EventAttributes(UUID.randomUUID().toString(), "/test", Prices.TIME, price.getAssetId(), null)));
        }
        publish(events, Topics.PRICES_REFERENCE);
    }

    private void publish(List<Event<?>> events, Topic<?>... topics) {
        EventPublisher publisher = stream.publisher("test", new Subscription(List.of(topics), List.of()))
                .blockOptional(PATIENCE)
                .orElseThrow();
        publisher.publish(events).block(PATIENCE);
        publisher.close().block(PATIENCE);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String queryAsTheServiceDoes(String sql) {
        return service.getBean(DatabaseClient.class)
                .sql(sql)
                .map(row -> row.get(0, String.class))
                .one()
                .block(PATIENCE);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).build());
    }

    /** What is answered with status 200. */
    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Every row of a list, part by part. */
    List<JsonNode> byCursor(String path, int size) throws IOException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode part =
                    json("%s%spage_size=%d&cursor=%s".formatted(path, path.contains("?") ? "&" : "?", size, cursor));
            assertThat(part.get("page").isNull()).isTrue();
            assertThat(part.get("total").isNull()).isTrue();
            part.get("data").forEach(rows::add);
            cursor = part.get("next").stringValue(null);
        }
        return rows;
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(request(path, "Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        return send(
                request(path, headers).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    void awaitPrices(int count) {
        await().atMost(PATIENCE)
                .until(() -> get("/api/v1/prices?page_size=1").body().contains("\"total\":" + count + ","));
    }

    /** All messages of a topic so far, with the keys of their records. */
    <V extends Message> List<Event<V>> read(Topic<V> topic) {
        return stream.log(topic)
                .toEnd()
                .map(received -> (Event<V>) received.decode(topic))
                .collectList()
                .block(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    EventSource stream(String path, String... headers) throws IOException, InterruptedException {
        return new EventSource(http.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofLines()));
    }

    String url() {
        return "http://localhost:" + service.getEnvironment().getProperty("local.server.port");
    }

    private String jdbcUrl() {
        String[] parts = database.split("[/:@]+", 6);
        return "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
                .formatted(parts[3], parts[4], parts[5], parts[1], parts[2]);
    }

    @Override
    public void close() {
        service.close();
        stream.close();
        kafka.close();
    }
}
