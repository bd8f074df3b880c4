package io.pricewire.query;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.eventstream.StreamLifecycle;
import io.pricewire.query.about.AboutRoutes;
import io.pricewire.query.about.AboutView;
import io.pricewire.query.access.AccessConfiguration;
import io.pricewire.query.assets.AssetRoutes;
import io.pricewire.query.candles.CandleRoutes;
import io.pricewire.query.commands.CommandPublisher;
import io.pricewire.query.commands.IngestRoutes;
import io.pricewire.query.commands.NormalizerRoutes;
import io.pricewire.query.data.DataRoutes;
import io.pricewire.query.health.HealthConfiguration;
import io.pricewire.query.history.HistoryRoutes;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.metrics.MetricsRoutes;
import io.pricewire.query.page.PageRoutes;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.prices.PriceRoutes;
import io.pricewire.query.problem.Problems;
import io.pricewire.query.quality.QualityRoutes;
import io.pricewire.query.reference.ReferenceRoutes;
import io.pricewire.query.rejected.RejectedRoutes;
import io.pricewire.query.request.EntityTags;
import io.pricewire.query.request.RequestId;
import io.pricewire.query.runs.LastRuns;
import io.pricewire.query.runs.RequestedRuns;
import io.pricewire.query.runs.RunRoutes;
import io.pricewire.query.sources.OfferRoutes;
import io.pricewire.query.sources.SourceRoutes;
import io.pricewire.query.stats.StatsRoutes;
import io.pricewire.query.stream.StreamConfiguration;
import io.pricewire.service.Version;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webflux.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** How the parts of the query service are put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
@Import({
    AccessConfiguration.class,
    ApiConfiguration.class,
    DatabaseConfiguration.class,
    EventStreamConfiguration.class,
    HealthConfiguration.class,
    StreamConfiguration.class
})
@ImportAutoConfiguration({
    MultipleOpenApiSupportConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocConfiguration.class,
    SpringDocWebFluxConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class
})
class QueryConfiguration {

    @Bean
    LatestPrices latestPrices(DecimalJson json) {
        return new LatestPrices(json);
    }

    @Bean
    DecimalJson decimalJson() {
        return new DecimalJson();
    }

    @Bean
    PriceRoutes priceRoutes(LatestPrices prices, Clock clock) {
        return new PriceRoutes(prices, clock);
    }

    @Bean
    ReferenceRoutes referenceRoutes(DatabaseClient client, DecimalJson json, Clock clock) {
        return new ReferenceRoutes(client, json, clock);
    }

    @Bean
    CandleRoutes candleRoutes(DatabaseClient client, DecimalJson json) {
        return new CandleRoutes(client, json);
    }

    @Bean
    MetricsRoutes metricsRoutes(DatabaseClient client, DecimalJson json) {
        return new MetricsRoutes(client, json);
    }

    @Bean
    HistoryRoutes historyRoutes(DatabaseClient client, DecimalJson json) {
        return new HistoryRoutes(client, json);
    }

    @Bean
    AssetRoutes assetRoutes(DatabaseClient client, LatestPrices prices, DecimalJson json, Clock clock) {
        return new AssetRoutes(client, prices, json, clock);
    }

    @Bean
    DataRoutes dataRoutes(LatestPrices prices, DecimalJson json) {
        return new DataRoutes(prices, json);
    }

    @Bean
    StatsRoutes statsRoutes(DatabaseClient client, LastRuns runs, LatestPrices prices, DecimalJson json, Clock clock) {
        return new StatsRoutes(client, runs, prices, json, clock);
    }

    @Bean
    SourceRoutes sourceRoutes(LastRuns runs, LatestPrices prices, JsonMapper json, Clock clock) {
        return new SourceRoutes(runs, prices, json, clock);
    }

    @Bean
    OfferRoutes offerRoutes(DatabaseClient client, JsonMapper json) {
        return new OfferRoutes(client, json);
    }

    @Bean
    LastRuns lastRuns(DatabaseClient client) {
        return new LastRuns(client);
    }

    @Bean
    RequestedRuns requestedRuns() {
        return new RequestedRuns();
    }

    @Bean
    RunRoutes runRoutes(
            DatabaseClient client, RequestedRuns requested, EventStream stream, JsonMapper json, Clock clock) {
        return new RunRoutes(client, requested, stream, json, clock);
    }

    @Bean
    RejectedRoutes rejectedRoutes(DatabaseClient client, JsonMapper json) {
        return new RejectedRoutes(client, json);
    }

    @Bean
    QualityRoutes qualityRoutes(DatabaseClient client, DecimalJson json) {
        return new QualityRoutes(client, json);
    }

    @Bean
    CommandPublisher commandPublisher(EventStream stream) {
        return new CommandPublisher(stream, "pricewire-query-service-" + UUID.randomUUID());
    }

    @Bean
    StreamLifecycle commandLifecycle(CommandPublisher publisher) {
        return new StreamLifecycle(publisher.run(), publisher::stop);
    }

    @Bean
    IngestRoutes ingestRoutes(
            CommandPublisher publisher,
            LastRuns lastRuns,
            RequestedRuns requested,
            DatabaseClient client,
            JsonMapper json,
            Clock clock) {
        return new IngestRoutes(publisher, lastRuns, requested, client, json, clock, UUID::randomUUID);
    }

    @Bean
    NormalizerRoutes normalizerRoutes(CommandPublisher publisher, DatabaseClient client, JsonMapper json, Clock clock) {
        return new NormalizerRoutes(publisher, client, json, clock, UUID::randomUUID);
    }

    @Bean
    AboutView about() {
        return AboutView.of(Version.current());
    }

    @Bean
    AboutRoutes aboutRoutes(AboutView about, JsonMapper json) {
        return new AboutRoutes(about, json);
    }

    @Bean
    RouterFunction<ServerResponse> page(AboutView about, JsonMapper json) {
        return new PageRoutes(about, json).routes();
    }

    @Bean
    DatabaseConfiguration.SessionOptions readOnlySessions(QuerySettings settings) {
        return new DatabaseConfiguration.SessionOptions(
                settings.databaseRole().isEmpty()
                        ? Map.of("default_transaction_read_only", "on")
                        : Map.of("default_transaction_read_only", "on", "role", settings.databaseRole()));
    }

    @Bean
    RequestId requestId() {
        return new RequestId();
    }

    @Bean
    EntityTags entityTags() {
        return new EntityTags();
    }

    @Bean
    Problems problems(JsonMapper json) {
        return new Problems(json);
    }

    @Bean
    ModelResolver writtenModels() {
        return new WrittenModels();
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Pricewire")
                        .description("Crypto prices: the latest, their history, and live streams.")
                        .version(Version.current())
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }
}
