package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.database.DatabaseSettings;
import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.testing.TestServers;
import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.IngestorConfiguration;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PolledSource;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.canary.CanaryIngestor;
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.query.QueryService;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import io.pricewire.standalone.TraceCollector.CollectedSpan;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Flux;

/** A source is what a source says; all else is there already. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ToySourceIT {

    private static final String SOURCE = "toy";
    private static final String REFERENCES = "/api/v1/stream/prices?kind=reference&asset=toy:bear";
    private static final List<String> TABLES_OF_PRICES = List.of(
            "price_latest",
            "price_history",
            "price_candle",
            "price_reference",
            "asset",
            "asset_alias",
            "source_quality",
            "ingest_run",
            "ingest_checkpoint",
            "mart_market",
            "mart_hourly",
            "mart_daily");

    @Test
    void bringsItsPriceToTheApiAndToClientsOfTheStreamInOneTrace() throws Exception {
        String database = TestServers.newDatabase();
        try (TraceCollector collector = new TraceCollector();
                EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                ConfigurableApplicationContext api =
                        start(QueryService.class, WebApplicationType.REACTIVE, kafka, database, collector);
                ConfigurableApplicationContext normalizer =
                        start(NormalizerService.class, WebApplicationType.NONE, kafka, database, collector);
                var _ = start(CanaryIngestor.class, WebApplicationType.NONE, kafka, database, collector)) {
            String url = "http://localhost:%s".formatted(api.getEnvironment().getProperty("local.server.port"));
            HttpClient http = HttpClient.newHttpClient();
            await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> get(http, url + "/actuator/health/readiness").statusCode() == 200);
            String beforeToy = await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> liveId(http, url + REFERENCES), id -> !id.isEmpty());

            try (Stream<String> stream = http.send(
                                    request(url + "/api/v1/stream/prices?source=" + SOURCE),
                                    HttpResponse.BodyHandlers.ofLines())
                            .body();
                    var _ = start(ToyIngestor.class, WebApplicationType.NONE, kafka, database, collector)) {
                String event = stream.filter(line -> line.startsWith("data: {\""))
                        .findFirst()
                        .orElseThrow();

                assertThat(event).contains("\"asset_id\":\"toy:bear\"", "\"price\":19.990");
                await().atMost(PricewireProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(get(http, url + "/api/v1/prices?source=" + SOURCE)
                                        .body())
                                .contains("\"asset_id\":\"toy:bear\"", "\"price\":19.990"));
                await().atMost(PricewireProcess.PATIENCE)
                        .untilAsserted(() -> assertIsFollowed(
                                ofToy(collector),
                                get(http, url + "/api/v1/runs?source=" + SOURCE).body()));
            }
            assertWhatIsMadeOfItIsServed(http, url, beforeToy);
            assertSourcesThatAreNotUsedAreServed(http, url, database);
            assertCanaryArrives(normalizer.getBean(MeterRegistry.class), api.getBean(MeterRegistry.class));
            assertCanaryIsHidden(http, url, database);
        }
    }

    /** Its reference price, from the topic and from the table, the candles of that, and the quality of the source. */
    private static void assertWhatIsMadeOfItIsServed(HttpClient http, String url, String lastEventId) throws Exception {
        String used;
        try (Stream<String> events = http.send(
                        HttpRequest.newBuilder(request(url + REFERENCES), (name, value) -> true)
                                .header("Last-Event-ID", lastEventId)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()) {
            String event = events.filter(line -> line.startsWith("data: {\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(event)
                    .contains("\"asset_id\":\"toy:bear\",\"symbol\":\"BEAR\",\"name\":\"Bear\",\"quote\":\"USD\","
                            + "\"price\":19.990,\"status\":\"degraded\"");
            used = event.substring(event.indexOf("\"used\":"));
        }
        assertThat(used)
                .matches(
                        "\"used\":\\[\\{\"source\":\"toy\",\"source_asset_id\":\"bear\",\"event_id\":\"[0-9a-f-]{36}\","
                                + "\"price\":19.990,\"volume_24h\":null,\"observed_at\":\"[^\"]+Z\",\"stale_at\":\"[^\"]+Z\","
                                + "\"weight\":1.000000}],\"excluded\":\\[]}");
        awaitAnswer(http, url + "/api/v1/prices/reference?asset=toy:bear&status=degraded", Pattern.quote(used));
        awaitAnswer(
                http,
                url + "/api/v1/assets/toy:bear/candles",
                "\"source\":\"reference\",\"source_asset_id\":\"toy:bear\",\"quote\":\"USD\",\"interval\":\"1d\","
                        + "\"opened_at\":\"[^\"]+T00:00:00Z\",\"open\":19.990,\"high\":19.990,\"low\":19.990,\"close\":19.990,");
        awaitAnswer(
                http,
                url + "/api/v1/quality?source=" + SOURCE,
                "\"source\":\"toy\",\"window\":\"1h\",\"completeness\":1.0000,\"consistency\":1.0000,\"freshness\":1.0000,"
                        + "\"validity\":1.0000,\"agreement\":null,\"observed\":1,\"rejected\":0,\"fields\":\\[\"price\"]");
    }

    /** Another source of which nothing was heard for a day. */
    private static void assertSourcesThatAreNotUsedAreServed(HttpClient http, String url, String database)
            throws Exception {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into price_latest (source, source_asset_id, quote, asset_id, symbol, name, interval, observed_at,
                      observed_at_assumed, ingested_at, event_id, run_id, origin, stale_after, price)
                    select 'late', source_asset_id, quote, asset_id, symbol, name, interval, observed_at - interval '1 day',
                      observed_at_assumed, ingested_at, gen_random_uuid(), run_id, origin, stale_after, 20
                    from price_latest where source = 'toy'""");
            statement.execute("update price_reference set due_at = '-infinity' where asset_id = 'toy:bear'");
        }
        awaitAnswer(
                http,
                url + "/api/v1/prices/reference?asset=toy:bear",
                "\"excluded\":\\[\\{\"source\":\"late\",\"source_asset_id\":\"bear\",\"event_id\":\"[0-9a-f-]{36}\",\"price\":20,"
                        + "\"volume_24h\":null,\"observed_at\":\"[^\"]+Z\",\"stale_at\":\"[^\"]+Z\",\"reason\":\"stale\"}]");
    }

    private static void awaitAnswer(HttpClient http, String url, String pattern) {
        await().atMost(PricewireProcess.PATIENCE)
                .untilAsserted(() -> assertThat(get(http, url).body()).containsPattern(pattern));
    }

    /** The id of the end of a stream; empty while there is no such stream. */
    private static String liveId(HttpClient http, String url) throws Exception {
        HttpResponse<Stream<String>> response = http.send(request(url), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            return response.statusCode() != 200
                    ? ""
                    : lines.filter(line -> line.startsWith("id: "))
                            .findFirst()
                            .orElseThrow()
                            .substring("id: ".length());
        }
    }

    private static void assertCanaryArrives(MeterRegistry ofNormalizer, MeterRegistry ofApi) {
        Map.of("raw", ofNormalizer, "stored", ofNormalizer, "normalized", ofApi, "socket", ofApi)
                .forEach((hop, registry) -> await().atMost(PricewireProcess.PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(registry.get("pricewire.canary.latency")
                                        .tag("hop", hop)
                                        .timer()
                                        .count())
                                .as(hop)
                                .isPositive()));
    }

    private static void assertCanaryIsHidden(HttpClient http, String url, String database) throws Exception {
        for (String list : List.of("prices", "sources", "runs", "assets", "symbols", "aliases", "metrics")) {
            await().atMost(PricewireProcess.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(get(http, url + "/api/v1/" + list).body())
                                    .as(list)
                                    .containsPattern("toy|BEAR")
                                    .doesNotContainIgnoringCase("canary"));
        }
        for (String answer : List.of("stats", "health", "quality", "prices/reference")) {
            assertThat(get(http, url + "/api/v1/" + answer).body())
                    .as(answer)
                    .startsWith("{\"")
                    .doesNotContainIgnoringCase("canary");
        }
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES_OF_PRICES) {
                ResultSet row = statement.executeQuery(
                        "select count(*) from %s t where t::text ilike '%%canary%%'".formatted(table));
                row.next();
                assertThat(row.getLong(1)).as(table).isZero();
            }
        }
    }

    private static Connection connect(String database) throws SQLException {
        DatabaseSettings.Target target = new DatabaseSettings(database, "localhost", 5432, "", "", "", 1).target();
        return DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password());
    }

    /** Of the trace in which the toy's price came; a later poll is another, and says nothing new. */
    private static List<CollectedSpan> ofToy(TraceCollector collector) {
        Set<String> runs = traces(collector, span -> span.service().equals("pricewire-ingestor-toy"));
        Set<String> streamed = traces(collector, span -> span.name().equals("stream") && runs.contains(span.traceId()));
        return collector.spans().stream()
                .filter(span -> streamed.contains(span.traceId()))
                .toList();
    }

    private static Set<String> traces(TraceCollector collector, Predicate<CollectedSpan> isOfIt) {
        return collector.spans().stream()
                .filter(isOfIt)
                .map(CollectedSpan::traceId)
                .collect(Collectors.toSet());
    }

    /** From the last span back to the first, each the parent of the one after it. */
    private static void assertIsFollowed(List<CollectedSpan> spans, String runs) {
        CollectedSpan streamed = only(spans, span -> span.name().equals("stream"));
        CollectedSpan normalized = parent(spans, streamed);
        CollectedSpan published = parent(spans, normalized);
        CollectedSpan fetched = parent(spans, published);
        CollectedSpan ingested = parent(spans, fetched);

        assertThat(Stream.of(ingested, fetched, published, normalized, streamed)
                        .map(span -> span.service() + " " + span.name()))
                .containsExactly(
                        "pricewire-ingestor-toy ingest",
                        "pricewire-ingestor-toy fetch",
                        "pricewire-ingestor-toy publish",
                        "pricewire-normalizer normalize",
                        "pricewire-query-service stream");
        assertThat(only(spans, span -> span.name().equals("store")).parentSpanId())
                .isEqualTo(normalized.spanId());
        assertThat(spans).extracting(CollectedSpan::traceId).containsOnly(streamed.traceId());
        assertThat(ingested.parentSpanId()).isEmpty();
        assertThat(runs.replace("-", "")).contains("\"run_id\":\"" + streamed.traceId());
    }

    private static CollectedSpan parent(List<CollectedSpan> spans, CollectedSpan of) {
        return only(spans, span -> span.spanId().equals(of.parentSpanId()));
    }

    private static CollectedSpan only(List<CollectedSpan> spans, Predicate<CollectedSpan> isWanted) {
        List<CollectedSpan> found = spans.stream().filter(isWanted).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(request(url), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(PricewireProcess.PATIENCE)
                .build();
    }

    private static ConfigurableApplicationContext start(
            Class<?> service, WebApplicationType type, EmbeddedKafka kafka, String database, TraceCollector collector) {
        return ServiceLauncher.application(service)
                .web(type)
                .run(
                        "--server.port=0",
                        "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--pricewire.database.url=" + database,
                        "--pricewire.tracing.endpoint=" + collector.endpoint(),
                        "--pricewire.tracing.probability=1",
                        "--pricewire.canary.interval=1s",
                        "--pricewire.normalizer.quality.interval=1s",
                        "--logging.level.root=WARN");
    }

    /** What a new source's module has, but for its HTTP. */
    @PricewireService(name = "ingestor-toy")
    @Import(IngestorConfiguration.class)
    static class ToyIngestor {

        @Bean
        PriceSource toySource() {
            return new ToySource();
        }
    }

    static final class ToySource implements PolledSource {

        @Override
        public String name() {
            return SOURCE;
        }

        @Override
        public Duration interval() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
            ObservedPrice bear = new ObservedPrice(
                    SOURCE,
                    "bear",
                    "BEAR",
                    "Bear",
                    "USD",
                    Interval.TICK,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    false,
                    Map.of(Figure.PRICE, new BigDecimal("19.990")),
                    "bear 19.990",
                    "text/plain");
            return position != null ? Flux.empty() : Flux.just(new Batch(List.of(bear), List.of(), "end", 1, 1));
        }
    }
}
