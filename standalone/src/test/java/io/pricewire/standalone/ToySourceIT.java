package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.query.QueryService;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Flux;

/** A source is what a source says; all else is there already. */
class ToySourceIT {

    private static final String SOURCE = "toy";

    @Test
    void bringsItsPriceToTheApi() throws Exception {
        String database = TestServers.newDatabase();
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                var _ = start(NormalizerService.class, WebApplicationType.NONE, kafka, database);
                var _ = start(ToyIngestor.class, WebApplicationType.NONE, kafka, database);
                ConfigurableApplicationContext api =
                        start(QueryService.class, WebApplicationType.REACTIVE, kafka, database)) {
            URI prices = URI.create("http://localhost:%s/api/v1/prices?source=%s"
                    .formatted(api.getEnvironment().getProperty("local.server.port"), SOURCE));
            HttpClient http = HttpClient.newHttpClient();

            await().atMost(PricewireProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(http.send(
                                            HttpRequest.newBuilder(prices).build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .contains("\"asset_id\":\"toy:bear\"", "\"price\":19.990"));
        }
    }

    private static ConfigurableApplicationContext start(
            Class<?> service, WebApplicationType type, EmbeddedKafka kafka, String database) {
        return ServiceLauncher.application(service)
                .web(type)
                .run(
                        "--server.port=0",
                        "--pricewire.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--pricewire.database.url=" + database,
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
        public Flux<Batch> poll(@Nullable String position, Calls calls) {
            ObservedPrice bear = new ObservedPrice(
                    SOURCE,
                    "bear",
                    "BEAR",
                    "Bear",
                    "USD",
                    Interval.TICK,
                    Instant.parse("2026-11-21T07:00:00Z"),
                    false,
                    Map.of(Figure.PRICE, new BigDecimal("19.990")),
                    "bear 19.990",
                    "text/plain");
            return position != null ? Flux.empty() : Flux.just(new Batch(List.of(bear), List.of(), "end", 1, 1));
        }
    }
}
